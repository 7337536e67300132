import type {Asked, IngressRouteEvaluation} from './route-evaluation.ts';
import {backendProblems} from './backend-problems.ts';
import {unhealthyBackend, wordOfController} from './word-of-controller.ts';
import {backendProtocol} from './backend-protocol.ts';
import {type TlsEvaluation, tlsFindings} from './tls-findings.ts';
import {middlewareUnknown} from './middleware-unknown.ts';
import {externalAuthProblems} from './external-auth.ts';
import {answeredByRule} from './answered-by-rule.ts';
import {redirectFindings} from './redirect-findings.ts';
import {sideFindings} from './side-findings.ts';
import {notJudged} from '../not-judged.ts';
import {refOf} from '../../../model/ref.ts';
import {statusOf} from '../../hop-status.ts';
import {summaryOf, detailsOf} from './route-details.ts';
import {usable} from './routed-backends.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import type {Rank} from '../../../rules/rank.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import type {Finding} from '../../finding.ts';
import type {BackendProblem} from './backend-findings.ts';
import type {StopReason} from '../../../rules/stop.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';
import type {Decided} from '../../../rules/controllers/decided.ts';

/** A rule takes the request, or a redirect does. */
export function routed(input: Asked, decided: Decided): IngressRouteEvaluation {
	const rule = decided.actual.matched ?? decided.intended;
	const problems = problemsOf(input, decided, rule);
	const tls = rule ? tlsFindings({...input, ingress: rule.ingress}) : noTls;
	const findings = findingsOf(input, decided, {rule, problems, tls});
	const status = statusOf(findings);
	const {redirect} = decided.actual;
	return {
		hop: {
			kind: 'route',
			status,
			basis: tls.observed && tls.findings.some(({severity}) => severity !== 'info') ? 'evidence' : 'objects',
			subject: rule && refOf('Ingress', rule.ingress),
			summary: summaryOf(rule, redirect, input.request.host),
			findings,
			details: detailsOf(input, decided, rule),
			notChecked: tls.notChecked,
		},
		stop: status === 'broken' ? (stopOf(problems) ?? tls.stop ?? stopOfAnswer(decided.actual)) : undefined,
		backends: usable(input, decided),
		rank: rankOf(input, rule),
		passes: decided.actual.passesTls && 'tls',
		redirect: redirect && {scheme: redirect.scheme, host: redirect.host, status: redirect.status},
	};
}

const noTls: TlsEvaluation = {findings: [], observed: false};

type Problems = {
	readonly backends: readonly BackendProblem[];
	readonly unhealthy: readonly Finding[];
	readonly protocols: readonly BackendProblem[];
	/** Of the Service that is asked first. */
	readonly before: readonly BackendProblem[];
};

/** What is wrong with the backends of the rule. */
function problemsOf(input: Asked, decided: Decided, rule: RuleRef | undefined): Problems {
	const {actual} = decided;
	const backends = backendProblems(input, decided);
	const isReached = rule && !actual.redirect && backends.every(({finding}) => finding.severity === 'warning');
	const isAsked = rule && !actual.redirect && actual.backends.length > 0;
	return {
		backends,
		unhealthy: rule ? unhealthyBackend(input, rule) : [],
		before: isAsked ? externalAuthProblems(input, rule) : [],
		protocols: isReached
			? actual.backends.flatMap((each) => backendProtocol(input, decided, each.rule) ?? [])
			: [],
	};
}

type Found = {
	readonly rule: RuleRef | undefined;
	readonly problems: Problems;
	readonly tls: TlsEvaluation;
};

function findingsOf(input: Asked, decided: Decided, {rule, problems, tls}: Found): readonly Finding[] {
	const {actual} = decided;
	return [
		...(rule ? wordOfController(input, rule) : []),
		...problems.unhealthy,
		...problems.backends.map((problem) => problem.finding),
		...(rule ? middlewareUnknown(input, actual, rule) : []),
		...answeredByRule(input, actual),
		...problems.before.map((problem) => problem.finding),
		...redirectFindings(input.request, rule, actual.redirect),
		...problems.protocols.map((problem) => problem.finding),
		...(rule ? sideFindings(input, decided, rule) : []),
		...tls.findings,
		...notJudged(actual.undecided, refOf('Ingress', rule?.ingress ?? {namespace: '', name: '*'})),
	];
}

function rankOf({controller}: DecideInput, rule: RuleRef | undefined): Rank | undefined {
	return rule && ingressSide(controller).rankOf?.(rule, controller.flags);
}

/** To the load balancer, what is not healthy is not there. */
function withoutEndpoints(found: Finding): BackendProblem {
	return {finding: found, stop: 'no-endpoints'};
}

function stopOfAnswer({status, redirect, backends}: Decided['actual']): StopReason {
	return status === undefined || redirect || backends.length > 0 ? 'nobody' : `answered-${status}`;
}

function stopOf({before, backends, unhealthy, protocols}: Problems): StopReason | undefined {
	const problems = [...before, ...backends, ...unhealthy.map(withoutEndpoints), ...protocols];
	return problems.find(({finding}) => finding.severity === 'error')?.stop;
}
