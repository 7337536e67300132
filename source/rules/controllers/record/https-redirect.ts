import type {HttpRequest} from '../../../model/request.ts';
import type {RouteDecision} from '../../ingress/decision.ts';
import {queryText} from '../../query-text.ts';

/** A decision of a request by http that is answered with a redirect to the same URL by https. */
export function redirectedToHttps(
	decision: RouteDecision,
	request: HttpRequest,
	status: number,
): RouteDecision {
	const {host, urlPath} = request;
	return {
		...decision,
		redirect: {
			scheme: 'https',
			host,
			status,
			location: `https://${host}${urlPath}${queryText(request)}`,
		},
	};
}

/** A redirect code that a controller is given; `preset` where it is none. */
export function redirectCode(value: string | undefined, preset: number): number {
	const code = Number(value);
	return [301, 302, 303, 307, 308].includes(code) ? code : preset;
}
