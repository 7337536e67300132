import type {Snapshot} from '../../../model/snapshot.ts';
import type {GatewayInput} from './gateway-input.ts';
import {type Finding, finding} from '../../finding.ts';
import {nearest} from '../../nearest.ts';
import {gatewayFindings} from './catalogue.ts';
import {refOf, refText} from '../../../model/ref.ts';

export function missing(snapshot: Snapshot, {gateway, parentRefFrom}: GatewayInput): readonly Finding[] {
	const {namespace, name} = gateway;
	const names = snapshot.list('Gateway').map((each) => `${each.namespace}/${each.name}`);
	const same = names.find((each) => each.endsWith(`/${name}`));
	const near = same ?? nearest(`${namespace}/${name}`, names)[0];
	const who = parentRefFrom
		? `${parentRefFrom.routeKind} ${parentRefFrom.namespace}/${parentRefFrom.name} names the Gateway ${namespace}/${name}, which`
		: `Gateway ${namespace}/${name}`;
	const error = finding(gatewayFindings.gatewayMissing, {
		message: `${who} does not exist${near ? `; there is ${near}` : ''}.`,
		evidence: [
			{
				object: parentRefFrom
					? refText(refOf(parentRefFrom.routeKind, parentRefFrom))
					: refText({kind: 'Gateway', namespace, name}),
				path: parentRefFrom ? 'spec.parentRefs[].name' : 'metadata.name',
				value: parentRefFrom ? name : 'does not exist',
			},
		],
		toFix: [{kind: 'Gateway', namespace, name}],
		remedy: near
			? `Name the Gateway ${near} in parentRefs.`
			: `Create the Gateway, or ${parentRefFrom ? 'name one that exists in parentRefs' : 'ask for one that exists'}.`,
		command: 'kubectl get gateway -A',
	});
	const state = snapshot.state('Gateway', namespace);
	return state.state === 'absent' ? [error, apiAbsent()] : [error];
}

function apiAbsent(): Finding {
	return finding(gatewayFindings.gatewayApiAbsent, {
		message: 'The cluster has no Gateway API: its custom resource definitions are not installed.',
		evidence: [{object: 'gateway.networking.k8s.io', path: 'resources', value: 'none'}],
		remedy: 'Install Gateway API and a controller for it, or use an Ingress.',
		command: 'kubectl api-resources --api-group=gateway.networking.k8s.io',
	});
}
