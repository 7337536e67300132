import {
	plainListeners,
	sharedHost,
	type SharedHost,
} from '../../../../rules/gateway-api/listeners/shared-hosts.ts';
import {attachmentsTo} from '../../../../rules/gateway-api/routes.ts';
import {profileOf} from '../../../../rules/gateway-api/profile.ts';
import {refOf, refText} from '../../../../model/ref.ts';
import {type Finding, finding, objectField} from '../../../finding.ts';
import {routeFindings} from '../../catalogue.ts';
import {describeRoute} from './refusal-findings.ts';
import type {Routing} from '../routing.ts';
import {servedOf, wordKey} from '../served-routes.ts';

/**
KNET431: Envoy refuses all routes of the port. One that ran before keeps its old ones, and one that starts answers 404 (seen on
Envoy Gateway 1.9.1 with Envoy 1.40.0).
*/
export function refusedByEnvoy({hopContext, requested, request}: Routing): Finding | undefined {
	const {gateway, listenerPort, controller} = requested;
	if (!profileOf(controller).sharesRoutesOfPort || request.scheme !== 'http') {
		return undefined;
	}

	const listeners = plainListeners(gateway, listenerPort);
	if (listeners.length < 2) {
		return undefined;
	}

	const {snapshot} = hopContext;
	const attached = servedOf(snapshot, attachmentsTo(snapshot, gateway), wordKey(controller));
	const shared = sharedHost(attached, listeners);
	return shared && refusedFinding(shared, listenerPort);
}

function refusedFinding({host, hosts}: SharedHost, port: number): Finding {
	const [first, second] = hosts;
	const {route} = second.attachment;
	const name = `${route.routeKind} ${route.namespace}/${route.name}`;
	return finding(routeFindings.gatewayRoutesRefused, {
		message: `${name} makes Envoy refuse all routes on port ${port}: two listeners serve its host.`,
		evidence: hosts.map(({attachment, listener}) =>
			objectField(
				refOf(attachment.route.routeKind, attachment.route),
				'spec.hostnames',
				`${host || '*'} on listener ${listener.name}`,
			),
		),
		remedy: `Attach ${refText(refOf(route.routeKind, route))} to one of the listeners ${first.listener.name} and ${second.listener.name} (parentRefs[].sectionName).`,
		command: describeRoute({route}),
	});
}
