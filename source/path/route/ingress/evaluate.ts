import {noRequest} from '../no-request.ts';
import {refOf} from '../../../model/ref.ts';
import type {Finding} from '../../finding.ts';
import {decide} from '../../../rules/controllers/decide.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import {ruleAssumed} from './rule-assumed.ts';
import {handshakeFailure, withoutEntry} from './without-tls.ts';
import type {HopEvaluator} from '../../hop-evaluator.ts';
import type {StopReason} from '../../../rules/stop.ts';
import type {Asked, IngressRouteInput, IngressRouteEvaluation} from './route-evaluation.ts';
import {summaryOf, detailsOf} from './route-details.ts';
import {noRule} from './no-rule.ts';
import {routed} from './routed.ts';
import {cutRules, notMadeUp, withSample} from './sample-request.ts';
import {configurationRefused} from './configuration-refused.ts';
import {withRefusal} from '../refused-configuration.ts';
import {listensForNobody} from '../../../rules/controllers/listens-for-nobody.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';
import type {Decided} from '../../../rules/controllers/decided.ts';

/** Which rule takes the request, by the rules of the controller, and where it sends it. */
export const ingressRouteEvaluator: HopEvaluator<'route', IngressRouteInput, IngressRouteEvaluation> = {
	kind: 'route',
	evaluate({snapshot, request, client}, {controller, ingresses, focus}) {
		if (!request) {
			return noRequest;
		}

		const given = {snapshot, controller, request, ingresses, focus, client};
		const input = focus ? withSample(given, focus) : given;
		const failure = handshakeFailure(input);
		if (failure) {
			return withoutTls(input, failure, 'tls-error');
		}

		const [cut] = focus && input.request === request ? cutRules(given, focus) : [];
		return withRefusal(atListener(input, cut), configurationRefused(input));
	},
};

/** Where the controller serves no host at all, the client is refused before any rule is looked at. */
function atListener(input: Asked, cut: RuleRef | undefined): IngressRouteEvaluation {
	const {snapshot, controller, request} = input;
	const decided = decide(input);
	const isShut =
		!decided.actual.matched &&
		request.scheme === 'http' &&
		listensForNobody(snapshot, controller, decided.stateOf);
	if (!isShut) {
		return evaluated(input, decided, cut);
	}

	const refused = 'connection-refused';
	const answers = {...controller.answers, 'no-rule': refused, 'no-backend': refused} as const;
	const found = evaluated({...input, controller: {...controller, answers}}, decided, cut);
	return {...found, stop: found.stop && 'not-listening'};
}

function evaluated(input: Asked, decided: Decided, cut: RuleRef | undefined): IngressRouteEvaluation {
	const winner = decided.actual.matched;
	if (decided.actual.assumption !== undefined) {
		return assumed(input, decided, decided.actual.assumption);
	}

	if (decided.intended !== undefined || winner !== undefined || decided.actual.redirect) {
		return routed(input, decided);
	}

	if (cut) {
		return notMadeUp(cut);
	}

	const notFound = withoutEntry(input, overHttp(input).actual.matched !== undefined);
	return notFound ? withoutTls(input, notFound, 'no-rule') : noRule(input, decided);
}

function overHttp(input: DecideInput): Decided {
	return decide({...input, request: {...input.request, scheme: 'http'}});
}

/** The rule is shown that takes the request over http. */
function withoutTls(input: DecideInput, found: Finding, stop: StopReason): IngressRouteEvaluation {
	const decided = overHttp(input);
	const rule = decided.actual.matched;
	return {
		hop: {
			kind: 'route',
			status: 'broken',
			basis: 'objects',
			subject: rule && refOf('Ingress', rule.ingress),
			summary: rule ? summaryOf(rule) : `no TLS for ${input.request.host}`,
			findings: [found],
			details: rule
				? detailsOf(input, {...decided, actual: {...decided.actual, redirect: undefined}}, rule)
				: {backends: [], losers: []},
		},
		stop,
		backends: [],
	};
}

/** The rule that one reading takes is shown; where it leads is not followed, for another reading leads elsewhere. */
function assumed(input: DecideInput, decided: Decided, assumption: string): IngressRouteEvaluation {
	const rule = decided.actual.matched;
	return {
		hop: {
			kind: 'route',
			status: 'unknown',
			basis: 'objects',
			subject: rule && refOf('Ingress', rule.ingress),
			summary: rule ? `perhaps ${summaryOf(rule)}` : 'perhaps no rule matches',
			findings: [ruleAssumed({...input, rule, assumption})],
			details: detailsOf(input, decided, rule),
		},
		backends: [],
	};
}
