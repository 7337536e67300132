import type {HttpRequest} from '../../../model/request.ts';
import type {Redirect, RuleRef} from '../../ingress/decision.ts';
import {annotationOf} from './annotations.ts';

/** `redirect-to` for all requests of a rule, `app-root` for those of `/`: 302, as is the default of the global codes. */
export function redirectTo({ingress}: RuleRef, request: HttpRequest): Redirect | undefined {
	const to = annotationOf(ingress, 'redirect-to');
	if (to) {
		const {scheme, host} = /^(?<scheme>https?):\/\/(?<host>[^/:?#]+)/u.exec(to)?.groups ?? {};
		return {scheme: scheme ?? request.scheme, host, status: 302, location: to};
	}

	const root = annotationOf(ingress, 'app-root');
	const {scheme, host, urlPath} = request;
	return root && urlPath === '/'
		? {scheme, host, status: 302, location: `${scheme}://${host}${root}`}
		: undefined;
}
