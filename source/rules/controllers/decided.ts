import {lookup} from '../../model/snapshot.ts';
import type {BackendView, RouteDecision, RouteInput, RuleRef} from '../ingress/decision.ts';
import {bringsCredentials} from '../credentials.ts';
import {parseIp} from '../../model/matching/ip.ts';
import {admittedBy, letsIn} from '../source-lists.ts';
import type {ControllerRecord} from './record/record.ts';
import {ingressSide} from './records.ts';
import type {DecideInput} from './decide-input.ts';

export type Decided = {
	/** What the controller does. */
	readonly actual: RouteDecision;
	/** The rule that would take the request if every backend were there; absent: none would. */
	readonly intended?: RuleRef;
	/** The rule that would take it over the other scheme, where none does. */
	readonly otherScheme?: RuleRef;
	/** What is behind a backend, as far as the route goes: endpoints are for later hops. */
	readonly stateOf: BackendView;
	/** The intended rule, where the controller leaves it out because of its backend. Another one may then answer. */
	readonly leftOut?: RuleRef;
};

/** A decision that would be another one if a setting that cannot be read said otherwise rests on that setting. */
export function withUnreadSettings({controller}: DecideInput, route: RouteInput): RouteDecision {
	const side = ingressSide(controller);
	const actual = side.route(route);
	const {unreadSettings: where, record} = controller;
	const others = where === undefined ? [] : otherSettings(record);
	const decisive = others.find(
		([name, value]) =>
			!isSameAnswer(actual, side.route({...route, settings: {...route.settings, [name]: value}})),
	);
	return decisive && actual.assumption === undefined
		? {...actual, assumption: `${decisive[0]} in ${where}, which is not read`}
		: actual;
}

/** Objects that the Ingress names stand before its backend. */
export function withGuard({controller, snapshot}: DecideInput, decision: RouteDecision): RouteDecision {
	const {matched, redirect, assumption} = decision;
	const {className, version} = controller;
	const guard =
		matched && !redirect && decision.status === undefined
			? ingressSide(controller).guardOf?.({snapshot, rule: matched, className, version})
			: undefined;
	return guard
		? {
				...decision,
				...guard,
				assumption: assumption ?? guard.assumption,
				backends: guard.status === undefined ? decision.backends : [],
			}
		: decision;
}

/** Whoever has the credentials goes on, unless the Secret with them is missing. */
export function withCredentials({snapshot, request}: DecideInput, decision: RouteDecision): RouteDecision {
	const {asked, assumption, redirect} = decision;
	const {by, secret} = asked ?? {};
	if (!asked || assumption !== undefined || redirect) {
		return decision;
	}

	const isMissing = secret && 'missing' in lookup(snapshot, 'Secret', secret.namespace, secret.name);
	return {
		...decision,
		assumption: isMissing
			? `${by} needs Secret ${secret.namespace}/${secret.name}, which does not exist`
			: bringsCredentials(request)
				? `${by} checks the credentials of the request`
				: undefined,
	};
}

/** A client that is not let in gets 403 before the backend is asked: one whose address is known, or all where nobody is. */
export function withSources({client}: DecideInput, decision: RouteDecision): RouteDecision {
	const {sources, redirect} = decision;
	const ip = client?.kind === 'external' && client.ip !== undefined ? parseIp(client.ip) : undefined;
	const isKeptOut = sources && (admittedBy(sources) === 'nobody' || (ip && !letsIn(sources, ip)));
	return isKeptOut && !redirect
		? {...decision, backends: [], status: 403, setBy: sources.annotation, assumption: undefined}
		: decision;
}

function otherSettings({settings}: ControllerRecord): readonly (readonly [name: string, value: string])[] {
	return Object.entries(settings?.mayBe ?? {}).flatMap(([name, values]) =>
		[values].flat().map((value) => [name, value] as const),
	);
}

function isSameAnswer(one: RouteDecision, other: RouteDecision): boolean {
	const answer = ({matched, redirect, status, backends}: RouteDecision): string =>
		JSON.stringify([
			matched && placeOfRule(matched),
			redirect,
			status,
			backends.map(({rule, share}) => [placeOfRule(rule), share]),
		]);
	return answer(one) === answer(other);
}

function placeOfRule({ingress: {namespace, name}, rule, path, backend}: RuleRef): readonly unknown[] {
	return [namespace, name, rule, path, backend];
}
