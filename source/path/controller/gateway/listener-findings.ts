import type {Gateway, Listener} from '../../../model/routes/gateway.ts';
import {findCondition, type Condition} from '../../../model/meta.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../finding.ts';
import {conditionText, describe} from './gateway-findings.ts';
import {listenerConditions} from '../../../rules/gateway-api/listeners/gateway-conditions.ts';
import {ownerOf, plainName} from '../../../rules/gateway-api/listeners/listener-sets.ts';
import {heldByPlain, predictedProblem, type Problem} from './predicted-problem.ts';
import {plainHolderOf} from '../../../rules/gateway-api/listeners/listeners.ts';
import type {GatewayProfile} from '../../../rules/gateway-api/profile.ts';
import {gatewayFindings} from './catalogue.ts';
import {quoted} from '../../words.ts';

/**
KNET325 for each listener that does not serve. `needed`: the listeners the request may use; others are passed over. Without it
all are looked at, and it is an error only when none serves.
*/
export function evaluateListeners(
	{snapshot, gateway, profile}: Of,
	needed: readonly Listener[] | undefined,
): readonly Finding[] {
	const requested = needed ?? gateway.listeners;
	const bad = requested.flatMap((listener) => {
		const problem = problemOf({snapshot, gateway, profile}, listener);
		return problem ? [{listener, problem}] : [];
	});
	const severity = bad.length === requested.length ? 'error' : 'warning';
	return [
		...bad.map(({listener, problem}) => notReady(gateway, listener, {problem, severity})),
		...requested.flatMap((listener) => certificateLeftOut(gateway, listener)),
	];
}

/** A warning: the other certificates of the listener are served. */
function certificateLeftOut(gateway: Gateway, listener: Listener): readonly Finding[] {
	const condition = conditionsOf(gateway, listener).find(isPartial);
	const problem = condition && reportedProblem(gateway, listener, condition);
	return problem
		? [notReady(gateway, listener, {problem, severity: 'warning', what: 'lacks a certificate'})]
		: [];
}

/** One of several certificates cannot be used (Envoy Gateway 1.9.1: seen to serve the others). */
function isPartial({reason, status}: Condition): boolean {
	return reason === 'PartiallyInvalidCertificateRef' && status === 'False';
}

/** What the status of the Gateway says of a listener. */
export function conditionsOf({listenerStatus}: Gateway, listener: Listener): readonly Condition[] {
	return listenerStatus.find(({name}) => name === listener.name)?.conditions ?? [];
}

type Of = {readonly snapshot: Snapshot; readonly gateway: Gateway; readonly profile: GatewayProfile};

/** KNET328 for each listener that the request may use. */
export function overlapFindings(
	gateway: Gateway,
	needed: readonly Listener[] | undefined,
): readonly Finding[] {
	return (needed ?? []).flatMap((listener) => {
		const overlap = findCondition(conditionsOf(gateway, listener), 'OverlappingTLSConfig');
		return overlap?.status === 'True'
			? [
					finding(gatewayFindings.listenersOverlap, {
						message: `Listener ${plainName(listener)} of ${ownerOf(gateway, listener).kind} ${ownerOf(gateway, listener).name} overlaps with another one: ${conditionText(overlap)}`,
						evidence: reportedProblem(gateway, listener, overlap).evidence,
						remedy: 'Give each listener a certificate for its own hosts alone.',
						command: describe(gateway),
					}),
				]
			: [];
	});
}

/** What keeps a listener from serving, the most telling first. */
export function problemOf({snapshot, gateway, profile}: Of, listener: Listener): Problem | undefined {
	const conditions = conditionsOf(gateway, listener);
	if (conditions.length > 0) {
		const condition = mostTelling(conditions.filter((each) => !isPartial(each)));
		return condition && !waitsForAddress(gateway, condition)
			? reportedProblem(gateway, listener, condition)
			: heldProblem(gateway, listener, profile);
	}

	const predicted = mostTelling(listenerConditions(snapshot, gateway, listener));
	return predicted && predictedProblem({snapshot, gateway, listener}, predicted.reason);
}

/** What the status does not say. */
function heldProblem(
	gateway: Gateway,
	listener: Listener,
	{plainHoldsPort}: GatewayProfile,
): Problem | undefined {
	const holder = plainHoldsPort ? plainHolderOf(gateway, listener) : undefined;
	return holder && heldByPlain(gateway, listener, holder);
}

/** Listeners of Cilium are Pending as long as the Gateway has no address (xiaods/k8e#579): the Gateway says it (KNET324). */
function waitsForAddress(gateway: Gateway, {type, reason}: Condition): boolean {
	const programmed = findCondition(gateway.conditions, 'Programmed');
	return (
		type === 'Programmed' &&
		reason === 'Pending' &&
		programmed?.status === 'False' &&
		programmed.reason === 'AddressNotAssigned'
	);
}

/** The most telling first: Programmed follows from the others. */
const order = ['Conflicted', 'Accepted', 'ResolvedRefs', 'Programmed'];

export function mostTelling<C extends {readonly type: string; readonly status: string}>(
	conditions: readonly C[],
): C | undefined {
	return order
		.map((type) => conditions.find((condition) => condition.type === type))
		.find(
			(condition) => condition && condition.status === (condition.type === 'Conflicted' ? 'True' : 'False'),
		);
}

function reportedProblem(gateway: Gateway, listener: Listener, condition: Condition): Problem {
	const {type, status, reason, message} = condition;
	return {
		reason,
		text: `${type} is ${status}, ${reason}${message ? `: ${quoted(message)}` : ''}`,
		evidence: [reportedField(gateway, listener, condition)],
	};
}

export function reportedField(
	gateway: Gateway,
	listener: Listener,
	{type, status, reason}: Condition,
): EvidenceField {
	return objectField(
		ownerOf(gateway, listener),
		`status.listeners[${plainName(listener)}].conditions[${type}]`,
		`${status} (${reason})`,
	);
}

type Told = {readonly problem: Problem; readonly severity: 'error' | 'warning'; readonly what?: string};

function notReady(
	gateway: Gateway,
	listener: Listener,
	{problem, severity, what = 'does not serve'}: Told,
): Finding {
	const owner = ownerOf(gateway, listener);
	return finding(gatewayFindings.listenerNotReady, {
		severity,
		message:
			`Listener ${plainName(listener)} (${listener.protocol} ${listener.port}) of ${owner.kind} ${owner.name} ${what}: ${problem.text}`.replace(
				/[^.]$/v,
				'$&.',
			),
		evidence: problem.evidence,
		remedy: remedies[problem.reason] ?? 'Change the listener as the reason says.',
		command: describe(gateway),
	});
}

const remedies: Readonly<Record<string, string>> = {
	ProtocolConflict: 'Give the listener a port that no listener of another protocol has.',
	HostnameConflict: 'Give the listener a hostname that no other listener of its port has.',
	UnsupportedProtocol: 'Use a protocol that the controller serves: HTTP, HTTPS, TLS, TCP or UDP.',
	PortUnavailable: 'Use a port that the controller listens on.',
	PartiallyInvalidCertificateRef:
		'Let each of certificateRefs name a Secret of type kubernetes.io/tls that exists.',
	InvalidCertificateRef: 'Let certificateRefs name a Secret of type kubernetes.io/tls that exists.',
	RefNotPermitted: 'Create a ReferenceGrant for the Secret in its namespace.',
	InvalidRouteKinds: 'Take the kinds that do not go with the protocol out of allowedRoutes.kinds.',
};
