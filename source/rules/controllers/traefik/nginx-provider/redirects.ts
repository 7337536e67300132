import type {Ingress} from '../../../../model/routes/ingress.ts';
import type {HttpRequest} from '../../../../model/request.ts';
import type {Redirect} from '../../../ingress/decision.ts';
import {annotationOf, isTrue} from '../../ingress-nginx/annotations.ts';
import {appRoot, fixedRedirect} from '../../ingress-nginx/redirect.ts';

/** `isWhole`: it is all that the rule does. */
type Redirected = {readonly redirect: Redirect; readonly isWhole: boolean};

/** In the order of the middlewares (applyMiddlewares): https, then the application's root, then elsewhere. */
export function redirectOf(ingress: Ingress, request: HttpRequest, isOld: boolean): Redirected | undefined {
	const secure = toHttps(ingress, request);
	const asked = {ingress, request, settings: {}};
	const root = isOld || secure ? undefined : appRoot(asked);
	const fixed = isOld || secure || root ? undefined : fixedRedirect(asked);
	const redirect = secure ?? root ?? fixed;
	return redirect && {redirect, isWhole: fixed !== undefined};
}

/** buildSSLRedirect: of an Ingress with TLS, unless it says not to; by force of every one. Always 308. */
function toHttps(ingress: Ingress, {scheme, host, urlPath}: HttpRequest): Redirect | undefined {
	const isWanted =
		isTrue(annotationOf(ingress, 'force-ssl-redirect')) ||
		(ingress.tls.length > 0 && isTrue(annotationOf(ingress, 'ssl-redirect') ?? 'true'));
	return scheme === 'http' && isWanted
		? {scheme: 'https', host, status: 308, location: `https://${host}${urlPath}`}
		: undefined;
}
