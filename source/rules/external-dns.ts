import type {Labels} from '../model/meta.ts';
import {parseIp} from '../model/matching/ip.ts';

/** external-dns reads the alpha annotations; newer versions the others as well (its docs, Annotations). */
const prefixes = ['external-dns.kubernetes.io/', 'external-dns.alpha.kubernetes.io/'];

/** Names of which it makes records. */
export function recordNames(annotations: Labels): readonly string[] {
	return prefixes.flatMap((prefix) => listOf(annotations[`${prefix}hostname`]));
}

export type RecordTarget = {
	readonly annotation: string;
	readonly addresses: readonly {readonly ip?: string; readonly hostname?: string}[];
};

/** What its records of an object say, in place of the object's addresses: addresses, or other names (docs, Annotations, target). */
export function recordTarget(annotations: Labels): RecordTarget | undefined {
	const annotation = prefixes
		.map((prefix) => `${prefix}target`)
		.find((name) => listOf(annotations[name]).length > 0);
	return annotation === undefined
		? undefined
		: {
				annotation,
				addresses: listOf(annotations[annotation]).map((target) =>
					parseIp(target) ? {ip: target} : {hostname: target.replace(/\.$/u, '').toLowerCase()},
				),
			};
}

function listOf(text = ''): readonly string[] {
	return text
		.split(',')
		.map((each) => each.trim())
		.filter(Boolean);
}
