import {lookup} from '../../../model/snapshot.ts';
import {refOf} from '../../../model/ref.ts';
import {portOf} from '../../../rules/controllers/record/backend-state.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import type {RouteDecision, RuleRef} from '../../../rules/ingress/decision.ts';
import {controllerSays} from '../../controller/controller-says.ts';
import {negHealth} from '../neg-health.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import {describeCommand} from './rule-text.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';

/** What the controller itself says of the Ingress that takes the request. */
export function wordOfController(input: DecideInput, rule: RuleRef): readonly Finding[] {
	const {snapshot, controller} = input;
	const isTold = controller.record.managed && rule.ingress.addresses.length === 0;
	return isTold ? [] : controllerSays(snapshot, controller, rule.ingress);
}

/** What it says of Ingresses whose rules get no request: the reason where one of them is asked for, else a remark. */
export function wordOnLosers(
	{snapshot, controller}: Pick<DecideInput, 'snapshot' | 'controller'>,
	{losers}: RouteDecision,
	focus: {readonly namespace: string; readonly name: string} | undefined,
): readonly Finding[] {
	const ingresses = new Set(losers.filter(({shadowed}) => shadowed).map(({rule}) => rule.ingress));
	return [...ingresses]
		.slice(0, 3)
		.flatMap((ingress) =>
			controllerSays(snapshot, controller, ingress).map((said) =>
				focus?.namespace === ingress.namespace && focus.name === ingress.name
					? said
					: {...said, severity: 'info' as const},
			),
		);
}

/** KNET415: by readiness gates, or by the annotation that the controller writes. */
export function unhealthyBackend(
	{snapshot, controller}: DecideInput,
	{ingress, backend}: RuleRef,
): readonly Finding[] {
	const side = ingressSide(controller);
	const found =
		backend.type === 'service' && side.healthOf
			? lookup(snapshot, 'Service', ingress.namespace, backend.name)
			: undefined;
	if (!found || !('found' in found) || backend.type !== 'service') {
		return [];
	}

	const service = found.found;
	const {implementation} = controller;
	const byGates = negHealth(snapshot, service, {implementation, checkedBy: 'a BackendConfig'});
	if (byGates.length > 0) {
		return byGates;
	}

	const health = side.healthOf?.(ingress, service, portOf(side, service, backend.port));
	if (!health?.isBad) {
		return [];
	}

	const {annotation, value} = health;
	const written = ingress.annotations[annotation] ?? '';
	return [
		finding(routeFindings.backendUnhealthy, {
			message: `${implementation} says that the backend of Service ${service.name} is unhealthy: ${value}`,
			evidence: [objectField(refOf('Ingress', ingress), `metadata.annotations[${annotation}]`, written)],
			remedy: 'Compare the health check of the load balancer with the readiness probe of the pods.',
			command: describeCommand({ingress, host: '', backend}),
		}),
	];
}
