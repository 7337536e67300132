import {kubectl} from '../../../../model/safe-text/command.ts';
import type {Gateway} from '../../../../model/routes/gateway.ts';
import type {Condition} from '../../../../model/meta.ts';
import type {HttpRequest} from '../../../../model/request.ts';
import type {Snapshot} from '../../../../model/snapshot.ts';
import type {Controller} from '../../../../rules/controllers/record/controller.ts';
import type {Backend} from '../../../../rules/gateway-api/backends.ts';
import type {Candidate} from '../../../../rules/gateway-api/candidate.ts';
import {ownerOf, plainName} from '../../../../rules/gateway-api/listeners/listener-sets.ts';
import {
	attachableOf,
	policiesOn,
	type Attachable,
	type PolicyOnPath,
} from '../../../../rules/gateway-api/policies.ts';
import {conditionText} from '../../../controller/gateway/gateway-findings.ts';
import {objectField, type Finding, finding} from '../../../finding.ts';
import type {StopReason} from '../../../../rules/stop.ts';
import {namesOf} from '../../../words.ts';
import {credentialsAskedBy, gatesOf, meshGatesOf} from './gate-findings.ts';
import {gatewayRouteFindings} from '../catalogue.ts';

type PolicyInput = {
	readonly gateway: Gateway;
	readonly request: HttpRequest;
	readonly controller?: Controller;
	readonly winner: Candidate;
	readonly backends: readonly Backend[];
};

/** Policies attached to the Gateway, the route or a backend: KNET430, and the names of those that are not modelled. */
export function policiesOnPath(
	snapshot: Snapshot,
	input: PolicyInput,
): {
	readonly findings: readonly Finding[];
	readonly notChecked: readonly string[];
	readonly stop?: StopReason;
} {
	const {gateway, controller} = input;
	const objects = objectsOf(snapshot, input);
	const all = policiesOn(snapshot, objects, {gateway, controllerName: controller?.controllerName});
	const unseen = all.filter(
		({refusal, policy}) => !refusal && !policy.gate && policy.policyKind !== 'BackendTLSPolicy',
	);
	const gates = [...gatesOf(snapshot, all, input), ...meshGatesOf(snapshot, gateway, controller)];
	return {
		findings: [
			...all.flatMap((each) => notAccepted(each, input) ?? notHeard(each, input) ?? []),
			...gates.map((gate) => gate.finding),
		],
		stop: gates.find(({stop}) => stop)?.stop ?? stopOf(all, input),
		notChecked: [
			...new Set([
				...credentialsAskedBy(all),
				...all.flatMap((each) => verifiedBy(each) ?? []),
				...unseen.map(({policy}) => `${policy.policyKind} ${policy.namespace}/${policy.ownName}`),
			]),
		],
	};
}

/** The certificate is the process's own: no object shows whether the CA and the hostname of the policy fit it. */
function verifiedBy({policy, target, refusal}: PolicyOnPath): string | undefined {
	const {policyKind, namespace, ownName} = policy;
	return policyKind === 'BackendTLSPolicy' && !refusal
		? `the certificate of ${target.kind} ${target.name}, which BackendTLSPolicy ${namespace}/${ownName} verifies`
		: undefined;
}

/** What a policy that is not accepted makes of all requests: no handshake with the backend, or an answer of the controller's own. */
function stopOf(policies: readonly PolicyOnPath[], input: PolicyInput): StopReason | undefined {
	const asks = input.controller?.record.gateway?.asksBackendWithoutCertificate === true;
	const [fatal] = policies.filter(
		({policy, target, refusal}) =>
			refusal !== undefined &&
			!policy.failsOpen &&
			isFatal(policy.policyKind, refusal, input) &&
			takesAll(target, input),
	);
	if (fatal?.policy.policyKind === 'BackendTLSPolicy') {
		return asks ? 'backend-tls' : undefined;
	}

	return fatal && 'answered-500';
}

function objectsOf(snapshot: Snapshot, {gateway, winner, backends}: PolicyInput): readonly Attachable[] {
	const {route, rule, listener} = winner;
	const {namespace, name, labels} = route;
	const section = plainName(listener);
	return [
		{kind: 'Gateway', namespace: gateway.namespace, name: gateway.name, labels: gateway.labels, section},
		...(listener.set ? [{...ownerOf(gateway, listener), labels: {}, section}] : []),
		{kind: route.routeKind, namespace, name, labels, section: rule.name ?? ''},
		...backends.filter(({share}) => share > 0).map((backend) => attachableOf(snapshot, backend)),
	];
}

function notAccepted({policy, target, refusal}: PolicyOnPath, input: PolicyInput): Finding | undefined {
	if (!refusal || refusal.reason === 'TargetNotFound') {
		return undefined;
	}

	const {policyKind, namespace, ownName} = policy;
	const fails = !policy.failsOpen && isFatal(policyKind, refusal, input);
	const effect = fails ? 'makes requests fail' : 'may have no effect';
	return finding(gatewayRouteFindings.policyNotAccepted, {
		severity: fails && takesAll(target, input) ? 'error' : 'warning',
		message: `${policyKind} ${namespace}/${ownName} on ${target.kind} ${target.name} is not accepted and ${effect}: ${conditionText(refusal)}`,
		evidence: [
			objectField(
				{kind: policyKind, namespace, name: ownName},
				`status.ancestors[].conditions[${refusal.type}]`,
				`${refusal.status} (${refusal.reason})`,
			),
		],
		remedy: `Change ${policyKind} ${ownName}, or what it names, as the message says.`,
		command: kubectl({namespace}, 'describe', policyKind.toLowerCase(), ownName),
	});
}

/** The controller may read another version of the policy only, or lack the permission to read it (seen at Contour 1.33.8: plain HTTP). */
function notHeard(
	{policy: {policyKind, namespace, ownName, ancestors}, target, isUnheard}: PolicyOnPath,
	{controller}: PolicyInput,
): Finding | undefined {
	return isUnheard && policyKind === 'BackendTLSPolicy' && controller
		? finding(gatewayRouteFindings.policyNotAccepted, {
				undecided: true,
				message: `${controller.implementation} has said nothing of ${policyKind} ${namespace}/${ownName} on ${target.kind} ${target.name}, so whether it speaks TLS is not known.`,
				evidence: [
					objectField(
						{kind: policyKind, namespace, name: ownName},
						'status.ancestors[].controllerName',
						namesOf(ancestors.flatMap(({controllerName = []}) => controllerName)),
					),
				],
				remedy: 'See whether the controller reads this version of the policy, and may read it.',
				command: kubectl({namespace}, 'describe', policyKind.toLowerCase(), ownName),
			})
		: undefined;
}

/** Without a CA certificate no backend is reached (apis/v1 BackendTLSPolicyValidation.caCertificateRefs). */
const certificateReasons = new Set(['NoValidCACertificate', 'InvalidCACertificateRef']);

/** The older of two policies in conflict holds; some controllers answer with an error for an invalid one. */
function isFatal(policyKind: string, {reason}: Condition, {controller}: PolicyInput): boolean {
	return policyKind === 'BackendTLSPolicy'
		? certificateReasons.has(reason)
		: reason === 'Invalid' && controller?.record.gateway?.failsWithout?.includes(policyKind) === true;
}

/** What hangs on one of several backends concerns its share alone. */
function takesAll({kind, namespace, name}: Attachable, {backends}: PolicyInput): boolean {
	const used = backends.filter(({share}) => share > 0);
	const own = used.filter(
		(backend) => backend.ref.kind === kind && backend.ref.name === name && backend.namespace === namespace,
	);
	return own.length === 0 || own.length === used.length;
}
