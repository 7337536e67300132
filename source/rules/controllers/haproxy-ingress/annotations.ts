import type {Ingress} from '../../../model/ingress.ts';

const prefixes = ['haproxy-ingress.github.io/', 'ingress.kubernetes.io/'];

/** The value of an annotation: by its own prefix, else by the old one. */
export function annotationOf({annotations}: Ingress, name: string): string | undefined {
	return prefixes.map((prefix) => annotations[`${prefix}${name}`]).find((value) => value !== undefined);
}
