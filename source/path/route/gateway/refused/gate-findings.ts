import {kubectl} from '../../../../model/safe-text/command.ts';
import type {AttachedPolicy, PolicyGate} from '../../../../model/policies/attached-policy.ts';
import type {Gateway} from '../../../../model/routes/gateway.ts';
import {refOf, type ObjectRef} from '../../../../model/ref.ts';
import type {HttpRequest} from '../../../../model/request.ts';
import type {Snapshot} from '../../../../model/snapshot.ts';
import type {Controller} from '../../../../rules/controllers/record/controller.ts';
import {bringsCredentials} from '../../../../rules/credentials.ts';
import {whySilent, whyUnresolved} from '../../../../rules/controllers/external-auth.ts';
import type {PolicyOnPath} from '../../../../rules/gateway-api/policies.ts';
import {gatewayNameLabel} from '../../../../rules/controllers/record/gateway-profile.ts';
import type {StopReason} from '../../../../rules/stop.ts';
import {denialText, denialWords, proxyDenial, proxyPoliciesOf} from '../../../controller/proxy-policies.ts';
import {type Finding, finding, objectField} from '../../../finding.ts';
import {gatewayRouteFindings} from '../catalogue.ts';

export type Gate = {readonly finding: Finding; readonly stop?: StopReason};

/** KNET432: accepted policies that answer in place of a backend, some requests or all. */
export function gatesOf(
	snapshot: Snapshot,
	policies: readonly PolicyOnPath[],
	{request, controller}: {readonly request: HttpRequest; readonly controller?: Controller},
): readonly Gate[] {
	const failing = controller?.record.gateway?.failsWithout ?? [];
	return inEffect(policies)
		.filter(({policy: {gate}}) => !gate?.asksCredentials || bringsCredentials(request))
		.flatMap(
			({policy}) => (policy.gate?.asks ? silentGate(snapshot, policy, failing) : gateOf(policy)) ?? [],
		);
}

/**
A request that the asked service lets in goes on. Where no service can answer, Envoy denies; a controller may answer 500 itself where
what is asked does not resolve.
*/
function silentGate(
	snapshot: Snapshot,
	policy: AttachedPolicy,
	failing: readonly string[],
): Gate | undefined {
	const {gate, namespace, failsOpen} = policy;
	const asked = (gate?.asks ?? []).map((each) => ({...each, namespace: each.namespace ?? namespace}));
	const why = asked.map((each) => ({each, silence: whySilent(snapshot, each)}));
	const [first] = why;
	if (!gate?.whenSilent || !first?.silence || failsOpen || why.some(({silence}) => silence === undefined)) {
		return undefined;
	}

	const fails =
		failing.includes(policy.policyKind) && asked.some((each) => whyUnresolved(snapshot, each) !== undefined);
	return silenceFinding(policy, fails ? 500 : gate.whenSilent, {...first.each, silence: first.silence});
}

function silenceFinding(
	{policyKind: kind, namespace, ownName: name}: AttachedPolicy,
	status: number,
	asked: {readonly namespace: string; readonly name: string; readonly silence: string},
): Gate {
	const service = refOf('Service', asked);
	return {
		finding: finding(gatewayRouteFindings.policyAnswers, {
			message: `${kind} ${namespace}/${name} asks Service ${asked.namespace}/${asked.name}, which ${asked.silence}, and answers ${status} to every request (extAuth).`,
			evidence: [
				objectField({kind, namespace, name}, 'spec.extAuth', `asks ${asked.namespace}/${asked.name}`),
				objectField(service, 'spec', asked.silence),
			],
			remedy: `Get that Service to answer, or remove spec.extAuth of ${kind} ${name}.`,
			command: kubectl(service, 'get', 'service,endpointslices,pods'),
			severity: 'error',
		}),
		stop: `answered-${status}`,
	};
}

/** What the client has to show: a request without it gets 401 or a login, which is meant so and no fault. */
export function credentialsAskedBy(policies: readonly PolicyOnPath[]): readonly string[] {
	return inEffect(policies).flatMap(({policy: {policyKind, namespace, ownName, gate}}) =>
		gate?.asksCredentials
			? [`the credentials that ${policyKind} ${namespace}/${ownName} asks for (${gate.field})`]
			: gate?.asks
				? [`whom ${policyKind} ${namespace}/${ownName} lets in (${gate.field})`]
				: [],
	);
}

/** A policy of a route is in place of that of the Gateway (gateway.envoyproxy.io, Policy precedence). */
function inEffect(policies: readonly PolicyOnPath[]): readonly PolicyOnPath[] {
	const ofRoutes = new Set(
		policies.filter(({target}) => target.kind !== 'Gateway').map(({policy}) => policy.policyKind),
	);
	return policies.filter(
		({policy, target, refusal}) =>
			!refusal && (target.kind !== 'Gateway' || !ofRoutes.has(policy.policyKind)),
	);
}

function gateOf({policyKind, namespace, ownName, gate}: AttachedPolicy): Gate | undefined {
	return gate && gateFinding({kind: policyKind, namespace, name: ownName}, gate);
}

/** AuthorizationPolicies that select the pods of the gateway: their rules are not evaluated. */
export function meshGatesOf(
	snapshot: Snapshot,
	{namespace, name}: Gateway,
	controller: Controller | undefined,
): readonly Gate[] {
	// The pods that a Gateway is given carry its name.
	const presumed = {namespace, labels: {[gatewayNameLabel]: name}};
	if (!controller) {
		return [];
	}

	const denial = proxyDenial(snapshot, controller);
	return denial
		? [denialGate(denial)]
		: proxyPoliciesOf(snapshot, controller, presumed).map((policy) => gateFinding(policy, {field: 'rules'}));
}

function denialGate(policy: ObjectRef): Gate {
	return {
		finding: finding(gatewayRouteFindings.policyAnswers, {
			...denialWords(policy),
			message: `${denialText(policy)}: it answers 403 to every request.`,
		}),
		stop: 'answered-403',
	};
}

function gateFinding(object: ObjectRef, {field, status, isForBackend}: PolicyGate): Gate {
	const {kind, namespace, name} = object;
	const does = isForBackend
		? 'sends a PROXY header before each request, which the backend must know'
		: status === undefined
			? 'may answer this request in place of the backend'
			: `answers ${status} to every request`;
	return {
		finding: finding(gatewayRouteFindings.policyAnswers, {
			message: `${kind} ${namespace}/${name} ${does} (${field}).`,
			evidence: [
				objectField(object, `spec.${field}`, status === undefined ? 'not evaluated' : String(status)),
			],
			remedy:
				status === undefined
					? isForBackend
						? 'See that the program behind the port takes the PROXY protocol.'
						: `Read ${kind} ${name}, and send the request with what it asks for.`
					: `Change spec.${field} of ${kind} ${name}, if a backend should answer.`,
			command: kubectl({namespace}, 'get', kind.toLowerCase(), name, '-o', 'yaml'),
			severity: status === undefined ? undefined : 'error',
		}),
		stop: status === undefined ? undefined : `answered-${status}`,
	};
}
