import type {Ingress} from '../../../model/ingress.ts';
import {serviceOfUrl} from '../external-auth.ts';
import type {ExternalAuth} from '../record/ingress-side.ts';
import {annotationName, annotationOf} from './annotations.ts';

/** The Service that `auth-url` asks; HAProxy denies who is not let in (buildBackendAuthExternal). */
export function authService(ingress: Ingress): ExternalAuth | undefined {
	const url = annotationOf(ingress, 'auth-url') ?? '';
	const [, namespace, name, port] = /^(?:service|svc):\/\/(?:([^\/:]+)\/)?([^\/:]+):(\d+)/v.exec(url) ?? [];
	const asked = name
		? {namespace: namespace ?? ingress.namespace, name, port: Number(port)}
		: serviceOfUrl(url);
	const hasLogin = annotationOf(ingress, 'auth-signin') !== undefined;
	return asked && !hasLogin
		? {...asked, setBy: `annotation ${annotationName(ingress, 'auth-url')}`, status: 403}
		: undefined;
}

export function asksFirst(ingress: Ingress): readonly string[] {
	return ['auth-url', 'oauth'].flatMap((name) => {
		const asked = annotationOf(ingress, name);
		return asked ? [`asks ${asked} first (${name})`] : [];
	});
}
