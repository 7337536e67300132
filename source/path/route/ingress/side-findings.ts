import type {Asked} from './route-evaluation.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import type {Finding} from '../../finding.ts';
import {defaultRule} from '../../../rules/ingress/rules.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import {duplicates, shadowed, defaultBackendBroken} from './rule-findings.ts';
import {foreignAnnotations} from './foreign-annotations.ts';
import {wordOnLosers} from './word-of-controller.ts';
import type {Decided} from '../../../rules/controllers/decided.ts';

export function sideFindings(
	{snapshot, controller, ingresses, focus}: Asked,
	{actual, leftOut, stateOf}: Decided,
	rule: RuleRef,
): readonly Finding[] {
	const winner = actual.matched ?? rule;
	const rivals = {controller, winner, decision: actual, leftOut, ingresses};
	const fallback = defaultRule(rule.ingress);
	const beside =
		fallback && !actual.isDefault && !ingressSide(controller).ignoresDefaultBesideRules
			? fallback
			: undefined;
	const state = beside && stateOf(beside.ingress, beside.backend).type;
	return [
		...duplicates(rivals),
		...foreignAnnotations(controller, rule.ingress),
		...wordOnLosers({snapshot, controller}, actual, focus),
		...shadowed(rivals, focus),
		...(beside
			? defaultBackendBroken(beside, state === 'no-service' || state === 'no-port' ? state : undefined)
			: []),
	];
}
