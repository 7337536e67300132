/** Evaluates the small expressions of generated objects, such as `8080 + (i % 5)` or `i % 3 != 0`. No code is run. */
export function evaluate(text: string, i: number): number | boolean {
	const tokens = text.match(/\d+|i|[!=<>]=|[-+*%()<>]/g) ?? [];
	let at = 0;

	const atom = (): number => {
		const token = tokens[at++];
		if (token === '(') {
			const value = sum();
			at++;
			return value;
		}

		return token === 'i' ? i : Number(token);
	};

	const product = (): number => {
		let value = atom();
		while (tokens[at] === '*' || tokens[at] === '%') {
			value = tokens[at++] === '*' ? value * atom() : value % atom();
		}

		return value;
	};

	const sum = (): number => {
		let value = product();
		while (tokens[at] === '+' || tokens[at] === '-') {
			value = tokens[at++] === '+' ? value + product() : value - product();
		}

		return value;
	};

	const left = sum();
	const operator = tokens[at++];
	return operator === undefined ? left : compare(left, operator, sum());
}

function compare(left: number, operator: string, right: number): boolean {
	switch (operator) {
		case '!=':
			return left !== right;
		case '==':
			return left === right;
		case '<':
			return left < right;
		case '<=':
			return left <= right;
		case '>':
			return left > right;
		case '>=':
			return left >= right;
		default:
			throw new Error(`no such operator: ${operator}`);
	}
}
