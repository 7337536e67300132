import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {type Finding, finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import {describeCommand, ruleEvidence, ruleText} from './rule-text.ts';

type Assumed = {
	readonly controller: Controller;
	readonly request: HttpRequest;
	/** The rule that one reading takes; absent: none. */
	readonly rule?: RuleRef;
	readonly assumption: string;
};

/** KNET413: what knet does not know of the controller decides which rule takes the request. */
export function ruleAssumed({controller, request, rule, assumption}: Assumed): Finding {
	const what = rule ? `${ruleText(rule)} of Ingress ${rule.ingress.name} takes` : 'a rule takes';
	return finding(routeFindings.ruleAssumed, {
		message: `Whether ${what} ${request.urlPath} depends on ${controller.implementation} (${assumption}).`,
		evidence: rule
			? [ruleEvidence(rule)]
			: [{object: 'Ingress/*', path: 'spec.rules[].http.paths', value: assumption}],
		remedy: controller.unreadSettings
			? `Let knet read ${controller.unreadSettings} (knet rbac, or add it to the file), or send the request.`
			: 'Send the request, or read the documentation of the controller.',
		command: rule ? describeCommand(rule) : 'kubectl get ingress -A',
	});
}
