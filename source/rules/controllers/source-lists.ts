const everyAddress = ['0.0.0.0/0', '::/0'];

/** Whether lists of addresses let in nobody, everybody, or some clients. What is no address is ignored, and `!` begins an exception (seen on HAProxy Ingress 0.14.0). */
export function admittedBy({
	allowed = '',
	denied = '',
}: {
	readonly allowed?: string;
	readonly denied?: string;
}): 'nobody' | 'everybody' | 'some' {
	const [out, into] = [listOf(denied), listOf(allowed)];
	const spares = out.some((address) => address.startsWith('!'));
	if ((out.includes('0.0.0.0/0') && !spares) || into.includes('!0.0.0.0/0')) {
		return 'nobody';
	}

	const excepts = into.some((address) => address.startsWith('!'));
	const isOpen = into.length === 0 || everyAddress.some((address) => into.includes(address));
	return isOpen && !excepts && out.length === 0 ? 'everybody' : 'some';
}

function listOf(text: string): readonly string[] {
	return text
		.split(',')
		.map((each) => each.trim())
		.filter((each) => /^!?[\da-f.:]+(?:\/\d+)?$/iu.test(each) && /[.:]/u.test(each));
}
