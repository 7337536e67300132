import type {RoutedBackend} from '../../../rules/backend.ts';
import {stateInRule} from './backend-problems.ts';
import type {WeightedRule, RuleRef} from '../../../rules/ingress/decision.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import {portOf} from '../../../rules/controllers/record/backend-state.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {Service} from '../../../model/services/service.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';
import type {Decided} from '../../../rules/controllers/decided.ts';

export function usable(input: DecideInput, decided: Decided): readonly RoutedBackend[] {
	return decided.actual.backends
		.filter(({rule}) => {
			const {type} = stateInRule(decided, rule);
			return type !== 'no-service' && type !== 'no-port';
		})
		.map((weighted) => routedBackend(input, weighted));
}

function routedBackend(
	{snapshot, controller}: DecideInput,
	{rule, weight, share}: WeightedRule,
): RoutedBackend {
	const {namespace} = rule.ingress;
	if (rule.backend.type === 'resource') {
		const {kind, name} = rule.backend.resource;
		return {kind, namespace, name, weight, share};
	}

	const {name, port} = rule.backend;
	const found = lookup(snapshot, 'Service', namespace, name);
	const chosen = 'found' in found ? portOf(ingressSide(controller), found.found, port) : undefined;
	return {
		kind: 'Service',
		namespace,
		name,
		port: port.name ?? port.number ?? chosen?.port,
		weight,
		share,
		servicePort: chosen ? {number: chosen.port, name: chosen.name || undefined} : port,
		throughProxy:
			sendsToService({snapshot, controller}, rule, 'found' in found ? found.found : undefined) || undefined,
	};
}

/** Annotations that make a controller send to the Service's address after all. */
function sendsToService(
	{snapshot, controller}: {readonly snapshot: Snapshot; readonly controller: Controller},
	{ingress}: RuleRef,
	service: Service | undefined,
): boolean {
	return ingressSide(controller).sendsToService?.(ingress, service, controller.flags, snapshot) ?? false;
}
