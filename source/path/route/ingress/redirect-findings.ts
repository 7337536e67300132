import {refOf} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Redirect, RuleRef} from '../../../rules/ingress/decision.ts';
import type {Finding} from '../../finding.ts';
import {redirectToItself} from '../redirect-to-itself.ts';
import {describeCommand, ruleField} from './rule-text.ts';

/** KNET451. */
export function redirectFindings(
	request: HttpRequest,
	rule: RuleRef | undefined,
	redirect: Redirect | undefined,
): readonly Finding[] {
	return rule && redirect
		? redirectToItself({
				request,
				location: redirect.location,
				object: refOf('Ingress', rule.ingress),
				field: ruleField(rule),
				command: describeCommand(rule),
			})
		: [];
}
