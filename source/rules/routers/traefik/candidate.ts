import {isOn} from '../../controllers/record/classes.ts';
import type {Rank} from '../../rank.ts';
import {noDecision, type RouterDecision, type RouterInputOf, type RouterProblem} from '../router.ts';
import {pass} from './middlewares.ts';
import type {Made} from './muxer.ts';
import {provider, reached, type Reached} from './services.ts';
import {whyNotUsable} from './tls-options.ts';
import type {Passed} from './middleware-effect.ts';

export type Input = RouterInputOf<'IngressRoute'>;

/** A router that fits, with all that decides whether Traefik makes it. */
export type Candidate = {
	readonly made: Made;
	readonly passed: Passed;
	readonly reached: Reached;
	/** Why Traefik leaves it out. */
	readonly fault?: string;
};

/** For https, a rule that names its host goes before TCP routers, and another one after them. */
export function rankOf({made}: Candidate, scheme: string): Rank {
	const isNamed = scheme === 'http' || made.rule.host !== '';
	return [isNamed ? 3 : 1, made.priority];
}

export function isBefore({made}: Candidate, winner: Candidate | undefined): boolean {
	return !winner || made.priority >= winner.made.priority;
}

export function whyLower({fault, made}: Candidate, winner: Candidate | undefined): string {
	return fault ?? `lower priority: ${made.priority}, the winner has ${winner?.made.priority}`;
}

/** With equal priority the order is that of a map, which is not defined. */
export function tieOf(usable: readonly Candidate[], winner: Candidate): readonly string[] {
	const tied = usable.filter(
		(each) =>
			each !== winner && each.made.priority === winner.made.priority && leadsTo(each) !== leadsTo(winner),
	);
	return tied.map(({made}) => `which of two rules with priority ${made.priority} goes first`).slice(0, 1);
}

function leadsTo({reached: {backends}, passed: {redirect}}: Candidate): string {
	return JSON.stringify([backends.map(({namespace, name, port}) => [namespace, name, port]), redirect]);
}

export function candidateOf(input: Input, made: Made): Candidate {
	const {snapshot, controller, client} = input;
	const {namespace} = made.object;
	const {flags} = controller;
	const passed = pass(
		{
			snapshot,
			namespace,
			request: input.request,
			client,
			allowsCrossNamespace: isOn(flags[`${provider}.allowcrossnamespace`]),
		},
		made.route.middlewares,
	);
	const services = reached({snapshot, flags, namespace}, made.route.services, `${made.rule.field}.services`);
	const broken = services.backends.find(({problem}) => problem);
	return {
		made,
		passed,
		reached: services,
		fault:
			whyNotUsable({snapshot, controller}, made.object) ??
			passed.fault ??
			services.fault ??
			(broken && `Service ${broken.name} cannot be used`),
	};
}

/** Nothing else takes what the rule would take. */
export function broken(candidate: Candidate): RouterDecision {
	const {
		made,
		reached: {backends},
		passed,
		reached: services,
	} = candidate;
	const isService = passed.fault === undefined && services.fault === undefined;
	const bad = backends.filter(({problem}) => problem);
	return {
		...noDecision,
		rule: made.rule,
		backends: isService ? bad.map((backend) => ({...backend, share: 1 / bad.length})) : [],
		problems: isService ? [] : [{...refusedProblem(candidate), ends: 'no-rule'}],
	};
}

export function refusedProblem({made, fault = ''}: Candidate): RouterProblem {
	const {object, field} = made.rule;
	return {type: 'refused', object, field, value: made.route.match, why: fault};
}
