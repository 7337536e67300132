import {isWithin, type Ip} from '../model/matching/ip.ts';

/** Lists of addresses that let in some clients of a rule. It is meant so: others get 403, and that is no fault of the rule. */
export type SourceLists = {
	/** `annotation allow-list`, or `the ConfigMap`. */
	readonly by: string;
	/** Its whole name, where the Ingress has it. */
	readonly annotation?: string;
	readonly allowed?: string;
	readonly denied?: string;
};

/** Whether a client of this address is let in. */
export function letsIn({allowed, denied}: SourceLists, ip: Ip): boolean {
	const [out, into] = [listOf(denied ?? ''), listOf(allowed ?? '')];
	return !isListed(out, ip) && (into.length === 0 || isListed(into, ip));
}

/** A list of exceptions alone holds all other addresses. */
function isListed(list: readonly string[], ip: Ip): boolean {
	const plain = list.filter((each) => !each.startsWith('!'));
	const isExcepted = list.some((each) => each.startsWith('!') && isWithin(ip, each.slice(1)));
	return !isExcepted && (plain.some((each) => isWithin(ip, each)) || (plain.length === 0 && list.length > 0));
}

/** Whom the lists let in, in words. */
export function admittedText({by, allowed, denied}: SourceLists): string {
	const [out, into] = [listOf(denied ?? ''), listOf(allowed ?? '')];
	const whom = [
		...(into.length > 0 ? [`lets in only ${shortened(into)}`] : []),
		...(out.length > 0 ? [`keeps out ${shortened(out)}`] : []),
	];
	return `${by} ${whom.join(' and ')}${into.length > 0 ? '; others get 403' : ' with 403'}`;
}

function shortened(list: readonly string[]): string {
	const more = list.length - 3;
	return `${list.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

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
