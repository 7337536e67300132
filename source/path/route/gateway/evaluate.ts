import {noRequest} from '../no-request.ts';
import {withRootDot} from '../../../rules/host-match.ts';
import {profileOf, type GatewayProfile} from '../../../rules/gateway-api/profile.ts';
import {attachmentsTo} from '../../../rules/gateway-api/routes.ts';
import {withoutDropped} from './without-dropped.ts';
import type {HopEvaluator} from '../../hop-evaluator.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {GatewayRouteInput, GatewayRouteEvaluation} from './routing.ts';
import {servedOf, wordKey, focusRefusal} from './served-routes.ts';
import {matched} from './matched.ts';
import {unescapedRedirect} from './unescaped-redirect.ts';
import {unmatched} from './unmatched.ts';
import {refusedByEnvoy} from './refused/refused-by-envoy.ts';
import {withRefusal} from '../refused-configuration.ts';

/** Which rule on a Gateway takes the request, and where it leads: findings 401 to 403 and 421 to 431. */
export const gatewayRouteEvaluator: HopEvaluator<'route', GatewayRouteInput, GatewayRouteEvaluation> = {
	kind: 'route',
	evaluate(given, requested) {
		if (!given.request) {
			return noRequest;
		}

		const urlPath = profileOf(requested.controller).readsPath(given.request.urlPath);
		const request = {...given.request, urlPath};
		const hopContext = {...given, request};

		// What a rule of another host takes away, only all of them tell.
		const host = mindsOthers(requested) ? undefined : request.host;
		const attachments = attachmentsTo(hopContext.snapshot, requested.gateway, host);
		const routing = {hopContext, requested, request, attachments};
		const unescaped = unescapedRedirect(routing, given.request);
		if (unescaped) {
			return unescaped;
		}

		const selection = withoutDropped(requested.controller?.controllerName, {
			gateway: requested.gateway,
			attachments: servedOf(hopContext.snapshot, attachments, wordKey(requested.controller)),
			port: requested.listenerPort,
			request: asMatched(request, profileOf(requested.controller)),
			profile: profileOf(requested.controller),
		});
		const refusal = focusRefusal(routing);
		const evaluation =
			selection.winner && !(refusal && requested.focus?.isAsked)
				? matched(routing, {...selection, winner: selection.winner, refusal})
				: unmatched(routing, {selection, refusal});
		return withRefusal(evaluation, refusedByEnvoy(routing));
	},
};

function asMatched(request: HttpRequest, {keepsRootDot}: GatewayProfile): HttpRequest {
	return keepsRootDot ? {...request, host: withRootDot(request)} : request;
}

function mindsOthers({controller, gateway}: GatewayRouteInput): boolean {
	const {dropsConflicts, ignoresServerName} = profileOf(controller);
	const endsTls = gateway.listeners.some(
		({protocol, tls}) => protocol === 'TLS' && tls?.mode !== 'Passthrough',
	);
	return dropsConflicts || (ignoresServerName && endsTls);
}
