import {refOf} from '../../../model/ref.ts';
import {decide, samplePaths} from '../../../rules/controllers/decide.ts';
import {plainPath} from '../../../rules/ingress/plain-path.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import {sampleText} from '../../../rules/regex/sample-text.ts';
import {describeCommand, ruleEvidence} from './rule-text.ts';
import {rulesOf} from '../../../rules/ingress/rules.ts';
import {finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import type {Asked, IngressRouteEvaluation, IngressRouteInput} from './route-evaluation.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';

type Focus = NonNullable<IngressRouteInput['focus']>;

/** The rules of the Ingress whose path is asked for by its beginning alone, for the rest may be a regular expression. */
export function cutRules({request, ingresses}: DecideInput, focus: Focus): readonly RuleRef[] {
	return ingresses
		.filter(({namespace, name}) => namespace === focus.namespace && name === focus.name)
		.flatMap(rulesOf)
		.filter(
			({value = ''}) => plainPath(value) === request.urlPath && value !== request.urlPath && value !== '',
		);
}

/** A rule that is a regular expression is walked by a path that it takes, else by one that some rule of the Ingress takes. */
export function withSample(input: Asked, focus: Focus): Asked {
	const rules = cutRules(input, focus);
	const given = samplePaths(input.request.urlPath);
	const made = rules.flatMap(({value = ''}) => [value, sampleText(value.replace(/^\/~/u, '')) ?? value]);
	const takenBy = (path: string): RuleRef | undefined => {
		const rule = decide({...input, request: {...input.request, urlPath: path}}).intended;
		return isOf(focus, rule) ? rule : undefined;
	};
	const isTakenByOne = (path: string): boolean => {
		const rule = takenBy(path);
		return rule !== undefined && rules.some(({value}) => value === rule.value);
	};
	const own = rules.length > 0 ? [...given, ...made].find(isTakenByOne) : undefined;
	const urlPath = own ?? given.find((path) => takenBy(path) !== undefined);
	return urlPath === undefined ? input : {...input, request: {...input.request, urlPath}};
}

function isOf(focus: Focus, rule: RuleRef | undefined): boolean {
	return rule?.ingress.namespace === focus.namespace && rule.ingress.name === focus.name;
}

/** KNET413: no path is known that the rule takes, so that none was asked for. */
export function notMadeUp(rule: RuleRef): IngressRouteEvaluation {
	const {ingress} = rule;
	const found = finding(routeFindings.ruleAssumed, {
		message: `Path ${rule.value} of Ingress ${ingress.name} is a pattern: no request can be made up that it takes.`,
		evidence: [ruleEvidence(rule)],
		remedy: 'Ask with a URL that the rule should take.',
		command: describeCommand(rule),
	});
	return {
		hop: {
			kind: 'route',
			status: 'unknown',
			basis: 'objects',
			subject: refOf('Ingress', ingress),
			summary: 'not known',
			findings: [found],
		},
		backends: [],
	};
}
