import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {BackendView} from '../ingress/decision.ts';
import {defaultRule, rulesOf} from '../ingress/rules.ts';
import {ingressesOf} from './ingresses-of.ts';
import type {Controller} from './record/controller.ts';
import {ingressSide, recordByGatewayClass} from './records.ts';

const readKinds = ['Ingress', 'HTTPProxy', 'Gateway', 'GatewayClass', 'HTTPRoute', 'GRPCRoute'] as const;

/**
Whether the controller listens on no port for plain HTTP: it does so only while it serves a host, and nothing that it takes gives it
one. Any HTTPProxy, and any route of a Gateway that may be its own, is taken to give one.
*/
export function listensForNobody(snapshot: Snapshot, controller: Controller, stateOf: BackendView): boolean {
	return (
		ingressSide(controller).listensForHostsOnly === true &&
		readKinds.every((kind) => isKnown(snapshot.state(kind))) &&
		snapshot.list('HTTPProxy').length === 0 &&
		!mayHaveRoute(snapshot, controller) &&
		ingressesOf(snapshot, controller)
			.flatMap((ingress) => [...rulesOf(ingress), defaultRule(ingress)])
			.filter((rule) => rule !== undefined)
			.every(({ingress, backend}) => isUnusable(stateOf(ingress, backend)))
	);
}

function isUnusable({type}: ReturnType<BackendView>): boolean {
	return type === 'no-service' || type === 'no-port' || type === 'not-routed';
}

function mayHaveRoute(snapshot: Snapshot, {record}: Controller): boolean {
	const routes = [...snapshot.list('HTTPRoute'), ...snapshot.list('GRPCRoute')];
	return routes.some(({namespace, parentRefs}) =>
		parentRefs.some((parent) => {
			if (parent.kind !== 'Gateway') {
				return parent.kind !== 'Service';
			}

			const gateway = snapshot.get('Gateway', parent.namespace ?? namespace, parent.name);
			const found = gateway && snapshot.get('GatewayClass', '', gateway.className);
			const served = found && recordByGatewayClass(found.controllerName);
			return gateway !== undefined && (served === undefined || served === record);
		}),
	);
}
