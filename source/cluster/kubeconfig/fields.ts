import {UserError} from '../../errors.ts';

/**
Typed access to the fields of a kubeconfig. A field of the wrong type fails as it does in kubectl, naming the place and
never the content, which may be a secret.
*/
export type Fields = {
	text(key: string): string | undefined;
	flag(key: string): boolean | undefined;
	texts(key: string): readonly string[];
	object(key: string): Fields | undefined;
	objects(key: string): readonly Fields[];
	raw(key: string): unknown;
	keys(): readonly string[];
	/** Fails with one sentence about a field of this object. */
	refuse(key: string, problem: string): never;
};

export const mendKubeconfig = 'Mend it, or give another with --kubeconfig or KUBECONFIG.';

/** Reads the fields of `value`; `place` is its path in the file. `null` counts as empty, as in Go. */
export function fieldsOf(value: unknown, file: string, place = ''): Fields {
	const at = (key: string): string => (place === '' ? key : `${place}.${key}`);
	const fail = (where: string, problem: string): never => {
		throw new UserError(
			`kubeconfig ${file}: ${where === '' ? 'the file' : where} ${problem}`,
			mendKubeconfig,
		);
	};

	if (value !== null && value !== undefined && (typeof value !== 'object' || Array.isArray(value))) {
		return fail(place, 'must be a mapping');
	}

	const record = (value ?? {}) as Readonly<Record<string, unknown>>;
	const typed = (key: string, type: 'string' | 'boolean'): unknown => {
		const found = record[key] ?? undefined;
		return found === undefined || typeof found === type ? found : fail(at(key), `must be a ${type}`);
	};
	const listed = (key: string): readonly unknown[] => {
		const found = record[key] ?? [];
		return Array.isArray(found) ? found : fail(at(key), 'must be a list');
	};

	return {
		text: (key) => (typed(key, 'string') as string | undefined) || undefined,
		flag: (key) => typed(key, 'boolean') as boolean | undefined,
		texts: (key) =>
			listed(key).map((item, position) =>
				typeof item === 'string' ? item : fail(`${at(key)}[${position}]`, 'must be a string'),
			),
		object: (key) =>
			record[key] === null || record[key] === undefined ? undefined : fieldsOf(record[key], file, at(key)),
		objects: (key) => listed(key).map((item, position) => fieldsOf(item, file, `${at(key)}[${position}]`)),
		raw: (key) => record[key],
		keys: () => Object.keys(record),
		refuse: (key, problem) => fail(at(key), problem),
	};
}
