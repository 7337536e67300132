import type {Ingress} from '../../../model/routes/ingress.ts';
import type {HttpRequest} from '../../../model/request.ts';

const annotation = 'alb.ingress.kubernetes.io/listen-ports';
const certificate = 'alb.ingress.kubernetes.io/certificate-arn';

/**
`[{"HTTP": 80}, {"HTTPS": 443}]`. Without it a certificate makes HTTPS 443 alone (computeIngressListenPorts). Undefined: no such
annotation, or none that can be read.
*/
function listenersOf({
	annotations,
}: Ingress): readonly (readonly [protocol: string, port: number])[] | undefined {
	if (annotations[annotation] === undefined && annotations[certificate]) {
		return [['HTTPS', 443]];
	}

	try {
		const listed: unknown = JSON.parse(annotations[annotation] ?? '');
		return Array.isArray(listed)
			? listed.flatMap((each) => Object.entries(each as Readonly<Record<string, number>>))
			: undefined;
	} catch {
		return undefined;
	}
}

/**
Why the load balancer does not look at an Ingress for a request: each Ingress of a group has its rules on its own listeners alone
(model_builder.go, mergeListenPortConfigs). Without the annotation an IngressClassParams or a certificate may say which.
*/
export function whyNoListener(ingress: Ingress, {port}: HttpRequest): string | undefined {
	const listeners = listenersOf(ingress);
	return !listeners || listeners.some((each) => each[1] === port)
		? undefined
		: `annotation ${ingress.annotations[annotation] === undefined ? 'certificate-arn' : 'listen-ports'} has ${listeners.map((each) => each.join(' ')).join(', ')} only`;
}

/** Both say the same of the listeners that have their rules. */
export function hasSameListeners({annotations: a}: Ingress, {annotations: b}: Ingress): boolean {
	return [annotation, certificate].every((name) => a[name] === b[name]);
}

/** Clients ask for its hosts by https: no listener takes plain HTTP. */
export function hasOnlyTls(ingress: Ingress): boolean {
	const listeners = listenersOf(ingress) ?? [];
	return listeners.length > 0 && listeners.every(([protocol]) => protocol === 'HTTPS');
}
