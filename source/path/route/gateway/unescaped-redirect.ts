import type {HttpRequest} from '../../../model/request.ts';
import {listenersFor} from '../../../rules/gateway-api/listeners/listeners.ts';
import {profileOf} from '../../../rules/gateway-api/profile.ts';
import {speaks} from '../../../rules/gateway-api/select.ts';
import {queryText} from '../../../rules/query-text.ts';
import {hopOf, type GatewayRouteEvaluation, type Routing} from './routing.ts';

/** Envoy, path_with_escaped_slashes_action UNESCAPE_AND_REDIRECT: before any rule is looked at. */
export function unescapedRedirect(routing: Routing, sent: HttpRequest): GatewayRouteEvaluation | undefined {
	const {gateway, listenerPort: port, controller} = routing.requested;
	const {scheme, host, urlPath} = sent;
	const path = urlPath.replaceAll(/%(?:2f|5c)/giu, '/');
	const isTaken = () => listenersFor(gateway, {port, host}).some(({protocol}) => speaks(protocol, scheme));
	return profileOf(controller).unescapesSlashes && path !== urlPath && isTaken()
		? redirectedTo(routing, `${scheme}://${host}${path}${queryText(sent)}`)
		: undefined;
}

function redirectedTo(routing: Routing, location: string): GatewayRouteEvaluation {
	const details = {backends: [], losers: [], changes: [`redirects to ${location} (307)`]};
	const summary = `a slash that is encoded → 307 ${location}`;
	return {
		...hopOf(routing, {summary, findings: [], details}),
		backends: [],
		answeredBy: 'the redirect',
	};
}
