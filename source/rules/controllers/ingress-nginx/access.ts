import type {Ingress} from '../../../model/routes/ingress.ts';
import {askedBy, type AskedCredentials} from '../../credentials.ts';
import {serviceOfUrl} from '../external-auth.ts';
import type {ExternalAuth} from '../record/ingress-side.ts';
import type {SourceLists} from '../../source-lists.ts';
import {annotationOf, type NginxSettings} from './annotations.ts';

/** The lists of an Ingress, or of the ConfigMap (docs, Whitelist source range; ConfigMap keys of the same names). */
export function sourcesOf(ingress: Ingress, settings: NginxSettings): SourceLists {
	const own = lists.find((name) => annotationOf(ingress, name, settings));
	const said = (...names: readonly string[]): string | undefined =>
		names.map((name) => annotationOf(ingress, name, settings)).find(Boolean) ??
		names.map((name) => settings[name]).find(Boolean);
	return {
		by: own ? `annotation ${own}` : 'the ConfigMap',
		annotation: own && Object.keys(ingress.annotations).find((name) => name.endsWith(`/${own}`)),
		denied: said('denylist-source-range'),
		allowed: said('allowlist-source-range', 'whitelist-source-range'),
	};
}

const lists = ['allowlist-source-range', 'whitelist-source-range', 'denylist-source-range'];

/** `auth-type: basic` or `digest` with the users of `auth-secret` (docs, Annotations, Authentication). */
export function passwordOf(ingress: Ingress, settings: NginxSettings): AskedCredentials | undefined {
	const type = annotationOf(ingress, 'auth-type', settings);
	return type === 'basic' || type === 'digest'
		? askedBy('annotation auth-type', ingress, annotationOf(ingress, 'auth-secret', settings) ?? '')
		: undefined;
}

/** The Service of the cluster that `auth-url` asks. The resolver of nginx has no search path: its name is whole. */
export function authService(ingress: Ingress, settings: NginxSettings): ExternalAuth | undefined {
	const url = annotationOf(ingress, 'auth-url', settings) ?? '';
	const asked = /^https?:\/\/[^\/]+\.svc\./v.test(url) ? serviceOfUrl(url) : undefined;
	return (
		asked && {
			...asked,
			setBy: 'annotation nginx.ingress.kubernetes.io/auth-url',
			// ngx_http_auth_request_module: any code but 2xx, 401 and 403 of the subrequest is an error.
			status: 500,
		}
	);
}
