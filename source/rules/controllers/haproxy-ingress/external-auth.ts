import type {Ingress} from '../../../model/routes/ingress.ts';
import {serviceOfUrl, type AskedService} from '../external-auth.ts';
import type {ExternalAuth} from '../record/ingress-side.ts';
import {annotationName, annotationOf} from './annotations.ts';
import {servicePort} from './ports.ts';

/** The Service that `auth-url` asks; HAProxy denies who is not let in (buildBackendAuthExternal). */
export function authService(ingress: Ingress): ExternalAuth | undefined {
	const url = annotationOf(ingress, 'auth-url') ?? '';
	const asked = byService(ingress, url) ?? serviceOfUrl(url);
	const hasLogin = annotationOf(ingress, 'auth-signin') !== undefined;
	return asked && !hasLogin
		? {...asked, setBy: `annotation ${annotationName(ingress, 'auth-url')}`, status: 403}
		: undefined;
}

/** `svc://NAMESPACE/NAME:PORT`: a backend like any other, with its port found in the same way (ingress.go, addBackend). */
function byService(ingress: Ingress, url: string): AskedService | undefined {
	const [, namespace = ingress.namespace, name, number] =
		/^(?:service|svc):\/\/(?:([^\/:]+)\/)?([^\/:]+):(\d+)/v.exec(url) ?? [];
	const port = Number(number);
	return name === undefined
		? undefined
		: {namespace, name, port, portOf: (service) => servicePort(service, {number: port})};
}

export function asksFirst(ingress: Ingress): readonly string[] {
	return ['auth-url', 'oauth'].flatMap((name) => {
		const asked = annotationOf(ingress, name);
		return asked ? [`asks ${asked} first (${name})`] : [];
	});
}
