import {refOf} from '../../../model/ref.ts';
import {sentHost} from '../request-text.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../finding.ts';
import {nearest} from '../../nearest.ts';
import type {RouteDecision, RuleRef} from '../../../rules/ingress/decision.ts';
import {matchHost} from '../../../rules/host-match.ts';
import {rulesFor, rulesOf} from '../../../rules/ingress/rules.ts';
import {backendText, describeCommand, ruleEvidence, ruleField, ruleText} from './rule-text.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {sameRule} from '../../../rules/ingress/same-rule.ts';
import {routeFindings} from '../catalogue.ts';

type NoRuleInput = {
	readonly snapshot: Snapshot;
	readonly controller: Controller;
	readonly request: HttpRequest;
	/** All that the controller serves. */
	readonly ingresses: readonly Ingress[];
	/** The rule that would take the request over the other scheme. */
	readonly otherScheme?: RuleRef;
	/** Rules that fit and are left out. */
	readonly losers: RouteDecision['losers'];
};

/** KNET401, with the nearest rules as evidence. */
export function noRuleMatches(input: NoRuleInput): Finding {
	const {controller, request, losers} = input;
	const otherScheme = losers.length > 0 ? undefined : input.otherScheme;
	const near = losers.length > 0 ? losers.map(({rule}) => rule).slice(0, 3) : nearestRules(input);
	const what = `${request.scheme}://${sentHost(request) || '*'}${request.urlPath}`;
	return finding(routeFindings.noRuleMatches, {
		message:
			nearlyTaken({...input, otherScheme}) ??
			`No rule that ${controller.implementation} serves takes ${what}. ${whatThereIs(input, near)}`.trim(),
		evidence: otherScheme
			? [ruleEvidence(otherScheme)]
			: near.length > 0
				? near.map(ruleEvidence)
				: hostEvidence(input),
		remedy:
			losers[0]?.remedy ??
			(otherScheme && controller.record.ingress?.schemeRemedy) ??
			'Compare host, path and path type with the rules shown.',
		command: near[0] ? describeCommand(near[0]) : 'kubectl get ingress -A',
	});
}

/** Of a rule that fits host and path, and is kept from the request. */
function nearlyTaken({request, otherScheme, losers}: NoRuleInput): string | undefined {
	const rule = losers[0]?.rule ?? otherScheme;
	const why =
		losers[0]?.why ?? (request.scheme === 'https' ? 'its entry point has no TLS' : 'it takes https only');
	return rule && `${ruleText(rule)} of Ingress ${rule.ingress.name} does not take this request: ${why}.`;
}

function whatThereIs({request, snapshot, ingresses}: NoRuleInput, near: readonly RuleRef[]): string {
	const elsewhere = snapshot
		.list('Ingress')
		.find(
			(ingress) =>
				!ingresses.some((each) => isSame(each, ingress)) &&
				ingress.rules.some(
					({host}) => host !== '' && matchHost(host, request.host, {wildcard: 'one-label'}) > 0,
				),
		);
	if (elsewhere) {
		return `Ingress ${elsewhere.namespace}/${elsewhere.name} names the host, but another controller serves it, or none.`;
	}

	return near.some(({host}) => matchHost(host, request.host, {wildcard: 'one-label'}) > 0)
		? `The host has ${near.map(ruleText).join(', ')}.`
		: near[0]
			? `Nearest host: ${near[0].host}.`
			: '';
}

type Named = {readonly namespace: string; readonly name: string};

function isSame(a: Named, b: Named): boolean {
	return a.namespace === b.namespace && a.name === b.name;
}

/** Rules of the host, else of hosts that look like it; three at most. */
function nearestRules({request, ingresses}: NoRuleInput): readonly RuleRef[] {
	const rules = ingresses.flatMap(rulesOf);
	const ofHost = rules.filter(({host}) => matchHost(host, request.host, {wildcard: 'one-label'}) > 0);
	const hosts =
		ofHost.length > 0
			? []
			: nearest(
					request.host,
					rules.map(({host}) => host).filter((host) => host !== ''),
				);
	const ofLike = hosts.flatMap((name) => rules.find(({host}) => host === name) ?? []);
	return [...ofHost, ...ofLike].slice(0, 3);
}

function hostEvidence({request}: NoRuleInput): readonly EvidenceField[] {
	return [
		{object: 'Ingress/*', path: 'spec.rules[].host', value: `none is like ${request.host || '(no host)'}`},
	];
}

type RivalsInput = {
	readonly controller: Controller;
	readonly winner: RuleRef;
	readonly decision: RouteDecision;
	/** A rule that the controller makes nothing of is no rival. */
	readonly leftOut?: RuleRef;
	readonly ingresses: readonly Ingress[];
};

/** KNET405: other Ingresses with the winner's host, path and type; ingress-nginx's canaries are meant to be that. */
export function duplicates(input: RivalsInput): readonly Finding[] {
	const {controller, winner, decision} = input;
	if (winner.path === undefined) {
		return [];
	}

	const twins = twinsOf(input);
	const [equal] = decision.tied.filter((rule) => !twins.some((twin) => sameRule(rule, twin)));
	if (equal) {
		return [ofOneRank(controller, winner, equal)];
	}

	return twins.length > 0 ? [duplicate(input, twins)] : [];
}

function twinsOf({controller, winner, decision, leftOut, ingresses}: RivalsInput): readonly RuleRef[] {
	return rulesFor(ingresses, winner.host, winner.value ?? '').filter(
		(rule) =>
			isTwin(rule, winner) &&
			!isSame(rule.ingress, winner.ingress) &&
			!sameRule(rule, leftOut) &&
			!decision.losers.some((each) => each.isMeant && sameRule(each.rule, rule)) &&
			!isMeant(controller, rule.ingress),
	);
}

function duplicate({controller, winner, decision}: RivalsInput, twins: readonly RuleRef[]): Finding {
	const isTied = twins.some((twin) => decision.tied.some((rule) => sameRule(rule, twin)));
	const others = twins.map(({ingress}) => `${ingress.namespace}/${ingress.name}`).join(', ');
	const who = isTied
		? `${controller.implementation} does not define which of them wins`
		: `${winner.ingress.namespace}/${winner.ingress.name} wins, by ${winningRule(controller, winner)}`;
	const isHarmless = twins.every((twin) => leadsTo(twin) === leadsTo(winner));
	return finding(routeFindings.duplicateRule, {
		message: `${winner.host || '*'} ${ruleText(winner)} stands in Ingress ${others} too: ${who}.`,
		evidence: [winner, ...twins].map(ruleEvidence),
		remedy: 'Leave the rule in one Ingress.',
		command: 'kubectl get ingress -A',
		severity: isHarmless ? 'info' : 'warning',
	});
}

/** Other rules than the same host and path twice. */
function ofOneRank({implementation}: Controller, winner: RuleRef, other: RuleRef): Finding {
	const name = `${other.ingress.namespace}/${other.ingress.name}`;
	return finding(routeFindings.duplicateRule, {
		message: `${winner.host || '*'} ${ruleText(winner)} and ${ruleText(other)} of Ingress ${name} are of one rank: ${implementation} does not define which of them wins.`,
		evidence: [winner, other].map(ruleEvidence),
		remedy: 'Make one of the two paths longer, or leave it out.',
		command: 'kubectl get ingress -A',
		severity: leadsTo(other) === leadsTo(winner) ? 'info' : 'warning',
	});
}

function isMeant({record, flags}: Controller, ingress: Ingress): boolean {
	return record.ingress?.isMeantTwin?.(ingress, flags) ?? false;
}

function isTwin(rule: RuleRef, winner: RuleRef): boolean {
	return (
		rule.host.toLowerCase() === winner.host.toLowerCase() &&
		(rule.value || '/') === (winner.value || '/') &&
		rule.pathType === winner.pathType
	);
}

function leadsTo({ingress, backend}: RuleRef): string {
	return `${ingress.namespace} ${backendText(backend)}`;
}

function winningRule({record}: Controller, winner: RuleRef): string {
	return record.ingress?.whyWins?.(winner) ?? 'being the oldest';
}

/** KNET406: rules that the winner leaves nothing; an error where the question is about their Ingress. */
export function shadowed(
	{controller, winner, decision}: RivalsInput,
	focus: Named | undefined,
): readonly Finding[] {
	return decision.losers
		.filter((loser) => loser.shadowed && !isTwin(loser.rule, winner))
		.slice(0, 3)
		.map(({rule, why, remedy}) =>
			finding(routeFindings.ruleShadowed, {
				severity: focus && isSame(rule.ingress, focus) ? 'error' : undefined,
				message: `${ruleText(rule)} of Ingress ${rule.ingress.name} gets no request: ${controller.implementation} sends them all to ${rule.host === winner.host ? '' : `${winner.host || '*'} `}${ruleText(winner)} of ${winner.ingress.name} (${why}).`,
				evidence: [ruleEvidence(winner), ruleEvidence(rule)],
				remedy:
					remedy ??
					controller.record.ingress?.orderRemedy ??
					'Remove the rule that gets nothing, or change the one before it.',
				command: describeCommand(rule),
			}),
		);
}

/** KNET411: the default backend beside the rule that took the request. */
export function defaultBackendBroken(
	rule: RuleRef,
	why: 'no-service' | 'no-port' | undefined,
): readonly Finding[] {
	return why
		? [
				finding(routeFindings.defaultBackendBroken, {
					message: `The default backend ${backendText(rule.backend)} of Ingress ${rule.ingress.name} ${why === 'no-service' ? 'is no Service of its namespace' : 'names a port that the Service does not have'}.`,
					evidence: [objectField(refOf('Ingress', rule.ingress), ruleField(rule), backendText(rule.backend))],
					remedy: 'Correct spec.defaultBackend, or remove it.',
					command: describeCommand(rule),
				}),
			]
		: [];
}

/** Where the winner's Ingress passes the request through things that knet does not read. */
export function passesThrough({record, flags}: Controller, {ingress}: RuleRef): readonly string[] {
	return record.ingress?.passesThrough?.(ingress, flags) ?? [];
}
