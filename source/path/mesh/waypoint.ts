import {clientPod} from '../../rules/client-pod.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {refText} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import {waypointLabel, waypointOf} from '../../rules/mesh/waypoint.ts';
import type {StopReason} from '../../rules/stop.ts';
import {finding, objectField, type Finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {meshFindings} from './catalogue.ts';

/** KNET525: what a waypoint does with the request is not followed. KNET526: it has no ready pod. */
export function waypointOnTheWay(
	{snapshot, source}: HopContext,
	service: Service,
): {readonly finding: Finding; readonly stop?: StopReason} | undefined {
	const client = clientPod(snapshot, source);
	const found = client && waypointOf(snapshot, client, service);
	if (!found) {
		return undefined;
	}

	const {waypoint, askedBy, down} = found;
	const label = objectField(askedBy, `metadata.labels[${waypointLabel}]`, waypoint.name);
	return down
		? {
				finding: finding(meshFindings.waypointDown, {
					message: `Waypoint ${waypoint.namespace}/${waypoint.name} has no ready pod: ztunnel closes what pod ${client.name} sends to Service ${service.name}.`,
					evidence: [label, objectField(down, 'status.readyReplicas', '0')],
					remedy: `Bring the pods of Deployment ${waypoint.name} up, or remove the label ${waypointLabel}.`,
					command: kubectl(
						waypoint,
						'get',
						'pods',
						'-l',
						`gateway.networking.k8s.io/gateway-name=${waypoint.name}`,
					),
				}),
				stop: 'reset',
			}
		: {
				finding: finding(meshFindings.waypointOnTheWay, {
					message: `Requests of pod ${client.name} for Service ${service.name} go through waypoint ${refText(waypoint)}, which is not followed.`,
					evidence: [label],
					remedy: 'Read the routes and policies of the waypoint, or send the request from the pod.',
					command: kubectl(waypoint, 'get', 'gateways,httproutes,authorizationpolicies'),
				}),
			};
}
