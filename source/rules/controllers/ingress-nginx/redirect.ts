import type {Ingress} from '../../../model/routes/ingress.ts';
import type {Redirect} from '../../ingress/decision.ts';
import {annotationOf, isTrue, switchOf, type NginxSettings} from './annotations.ts';
import type {HttpRequest} from '../../../model/request.ts';

type RedirectInput = {
	readonly request: HttpRequest;
	/** The Ingress whose location matched. */
	readonly ingress: Ingress;
	/** The path of that location, as its rule has it. */
	readonly path: string;
	/** Some Ingress of the host has `spec.tls`; nginx then has a certificate for it, if only its own. */
	readonly hasCertificate: boolean;
	readonly settings: NginxSettings;
};

/** The redirect that a location answers with, if any; in the order of nginx's phases. */
export function nginxRedirect(input: RedirectInput): Redirect | undefined {
	return fixedRedirect(input) ?? appRoot(input) ?? httpsRedirect(input);
}

/** `from-to-www-redirect`: the other name of a host keeps scheme and path (nginx.tmpl, redirectServers). */
export function wwwRedirect(
	{request, settings}: Pick<RedirectInput, 'request' | 'settings'>,
	host: string,
): Redirect {
	const status = Number(settings['http-redirect-code']) || 308;
	return {scheme: request.scheme, host, status, location: `${request.scheme}://${host}${request.urlPath}`};
}

/** It is all that the location does: its backend is never asked. */
export function fixedRedirect({
	ingress,
	request,
	settings,
}: Pick<RedirectInput, 'ingress' | 'request' | 'settings'>): Redirect | undefined {
	const temporal = annotationOf(ingress, 'temporal-redirect', settings);
	const permanent = annotationOf(ingress, 'permanent-redirect', settings);
	const location = temporal || permanent;
	if (!location) {
		return undefined;
	}

	const code = Number(
		annotationOf(ingress, `${temporal ? 'temporal' : 'permanent'}-redirect-code`, settings),
	);
	const status = code >= 300 && code <= 308 ? code : temporal ? 302 : 301;
	const [, scheme, host] = /^(https?):\/\/([^/:]+)/u.exec(location) ?? [];
	return {scheme: scheme ?? request.scheme, host: host ?? request.host, status, location};
}

export function appRoot({
	ingress,
	request,
	settings,
}: Pick<RedirectInput, 'ingress' | 'request' | 'settings'>): Redirect | undefined {
	const root = annotationOf(ingress, 'app-root', settings);
	return root && request.urlPath === '/'
		? {
				scheme: request.scheme,
				host: request.host,
				status: 302,
				location: `${request.scheme}://${request.host}${root}`,
			}
		: undefined;
}

/** To https where a certificate stands, or by force (docs, Server-side HTTPS enforcement through redirect). */
function httpsRedirect(input: RedirectInput): Redirect | undefined {
	const {request, ingress, hasCertificate, settings} = input;
	const wanted =
		switchOf(ingress, 'force-ssl-redirect', settings) ||
		(hasCertificate && switchOf(ingress, 'ssl-redirect', settings, 'true'));
	if (request.scheme === 'https' || !wanted || staysOnHttp(input)) {
		return undefined;
	}

	const kept = isTrue(annotationOf(ingress, 'preserve-trailing-slash', settings));
	const urlPath = kept ? request.urlPath : request.urlPath.replace(/\/$/u, '');
	const status = Number(settings['http-redirect-code']) || 308;
	return {scheme: 'https', host: request.host, status, location: `https://${request.host}${urlPath}`};
}

/** Paths that are never sent to https, such as those of ACME challenges (ConfigMap, no-tls-redirect-locations). */
function staysOnHttp({path, settings}: RedirectInput): boolean {
	return (settings['no-tls-redirect-locations'] ?? '/.well-known/acme-challenge')
		.split(',')
		.map((prefix) => prefix.trim())
		.some((prefix) => prefix !== '' && path.startsWith(prefix));
}
