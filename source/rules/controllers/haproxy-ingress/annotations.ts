const prefixes = ['haproxy-ingress.github.io/', 'ingress.kubernetes.io/'];

type Annotated = {readonly annotations: Readonly<Record<string, string>>};

/** The value of an annotation: by its own prefix, else by the old one. */
export function annotationOf({annotations}: Annotated, name: string): string | undefined {
	return prefixes.map((prefix) => annotations[`${prefix}${name}`]).find((value) => value !== undefined);
}

/** The annotation as it stands there. */
export function annotationName({annotations}: Annotated, name: string): string {
	return (
		prefixes.map((prefix) => `${prefix}${name}`).find((each) => each in annotations) ??
		`${prefixes[0]}${name}`
	);
}

/** Go's strconv.ParseBool; undefined where it reads neither. */
export function booleanOf(value: string | undefined): boolean | undefined {
	return value === undefined ? undefined : yes.test(value) ? true : no.test(value) ? false : undefined;
}

const yes = /^(?:1|t|T|TRUE|true|True)$/u;
const no = /^(?:0|f|F|FALSE|false|False)$/u;

/** An Ingress with `tcp-service-port` is a TCP service, and has no rules for HTTP (syncIngress). */
export function isTcpService(ingress: Annotated): boolean {
	return /^[+\-]?0*[1-9]\d*$/v.test(annotationOf(ingress, 'tcp-service-port') ?? '');
}
