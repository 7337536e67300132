import {accessFinding} from '../../access.ts';
import {type Finding, finding} from '../../finding.ts';
import type {RouteDecision, RuleRef} from '../../../rules/ingress/decision.ts';
import {routeFindings} from '../catalogue.ts';
import {describeCommand, ruleEvidence, ruleText} from './rule-text.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';

/** KNET413: a middleware may be missing, and its rule would then be left out. With why its kind cannot be read. */
export function middlewareUnknown(
	{snapshot, controller}: DecideInput,
	{unknownMiddleware: name}: RouteDecision,
	rule: RuleRef,
): readonly Finding[] {
	if (name === undefined) {
		return [];
	}

	const access = name.endsWith('@kubernetescrd')
		? accessFinding('Middleware', undefined, snapshot.state('Middleware'))
		: undefined;
	return [
		finding(routeFindings.ruleAssumed, {
			message: `Whether ${controller.implementation} serves ${ruleText(rule)} of Ingress ${rule.ingress.name} is not known: it needs middleware ${name}.`,
			evidence: [ruleEvidence(rule)],
			remedy: `Check that middleware ${name} exists: without it the client sees 404.`,
			command: describeCommand(rule),
		}),
		...(access ? [access] : []),
	];
}
