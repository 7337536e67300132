import {kubectl} from '../../../../model/safe-text/command.ts';
import {refOf} from '../../../../model/ref.ts';
import type {Snapshot} from '../../../../model/snapshot.ts';
import {accessFinding} from '../../../access.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../../finding.ts';
import {nearest} from '../../../nearest.ts';
import {conditionText} from '../../../controller/gateway/gateway-findings.ts';
import {isInvalid, type Backend} from '../../../../rules/gateway-api/backends.ts';
import type {GatewayProfile} from '../../../../rules/gateway-api/profile.ts';
import type {ParentStatus} from '../../../../rules/gateway-api/parent-status.ts';
import {severityOf, fails, type BackendEffect} from './backend-effect.ts';
import {filterOfBackend} from './filter-of-backend.ts';
import {conditionField, describeRoute, routeOf} from '../refused/refusal-findings.ts';
import type {Candidate} from '../../../../rules/gateway-api/candidate.ts';
import {routeFindings} from '../../catalogue.ts';
import {gatewayRouteFindings} from '../catalogue.ts';

/**
KNET402, 403, 422, 425 and 426 for the backends of the rule that won. An error where nothing is left to serve, a warning where
others take their share. A backend without weight is drained: what is wrong with it hurts nobody.
*/
export function backendFindings(
	snapshot: Snapshot,
	{winner, status, profile}: Winner,
	backends: readonly Backend[],
): readonly Finding[] {
	const isUsed = ({share}: Backend) => share > 0;
	const isMeant = ({ref}: Backend) => profile.sharesAmongValid && ref.weight > 0;
	if (!backends.some(isUsed)) {
		return [noWeight(winner, backends)];
	}

	// One that gets no requests may still make all of them fail.
	const {invalidFailsRule} = profile;
	const used = backends.filter(
		(backend) => isUsed(backend) || isMeant(backend) || (invalidFailsRule && isInvalid(backend)),
	);
	const effect = invalidFailsRule || used.every(isInvalid) ? 'all' : 'share';
	const bad = used.flatMap(
		(backend) => backendFinding(snapshot, {winner, status, profile, backend, effect}) ?? [],
	);
	const drained = backends.filter((backend) => !used.includes(backend));
	return [...bad, ...drained.map((backend) => drainedFinding(winner, backend))];
}

type Winner = {
	readonly winner: Candidate;
	readonly status?: ParentStatus;
	readonly profile: GatewayProfile;
};
type Evaluated = Winner & {
	readonly backend: Backend;
	readonly effect: BackendEffect;
};

function backendFinding(snapshot: Snapshot, evaluated: Evaluated): Finding | undefined {
	const {backend} = evaluated;
	switch (backend.result.state) {
		case 'resolved':
		case 'extension':
			return undefined;
		case 'filter-refused':
		case 'filter-unknown':
		case 'redirects':
			return filterOfBackend(evaluated, backend.result);
		case 'unknown':
			return accessFinding(backend.result.kind, backend.namespace, backend.result.because);
		case 'missing-service':
			return missingService(snapshot, evaluated);
		case 'missing-port':
			return missingPort(evaluated, backend.result);
		case 'not-granted':
			return notGranted(evaluated);
		case 'rejected':
			return rejected(evaluated);
		case 'unknown-kind':
			return unknownKind(evaluated);
		case 'external-name':
			return refused(
				evaluated,
				evaluated.profile.externalNames === 'aliases'
					? 'is of type ExternalName, and its name is that of no Service of the mesh'
					: 'is of type ExternalName, which this controller does not send to',
			);
		case 'other-protocol':
			return refused(
				evaluated,
				`has port ${backend.ref.port} for ${backend.result.protocol} alone, to which this controller sends no HTTP`,
				'Name a TCP port of the Service.',
			);
		case 'no-slices':
			return refused(evaluated, 'has no EndpointSlice, without which this controller does not know it');
	}
}

function missingService(snapshot: Snapshot, {winner, backend, effect}: Evaluated): Finding {
	const {namespace, ref} = backend;
	const [near] = nearest(
		ref.name,
		snapshot.list('Service', namespace).map(({name}) => name),
	);
	return finding(routeFindings.backendServiceMissing, {
		severity: severityOf(effect),
		message: `${routeOf(winner)} sends to Service ${namespace}/${ref.name}, which does not exist${near ? `; there is ${near}` : ''}.${fails(backend, effect)}`,
		evidence: [evidence(winner, backend, ref.name)],
		toFix: [{kind: 'Service', namespace, name: ref.name}],
		remedy: near
			? `Name ${near} in backendRefs, or create the Service.`
			: 'Create the Service, or name another one.',
		command: kubectl({namespace}, 'get', 'services'),
	});
}

function missingPort(
	{winner, backend, effect}: Evaluated,
	{service}: Extract<Backend['result'], {state: 'missing-port'}>,
): Finding {
	const {namespace, ref} = backend;
	const ports = service.ports.map(({port}) => port).join(', ') || 'none';
	const target = service.ports.find(({targetPort}) => targetPort === ref.port);
	const hint = target
		? ` ${ref.port} is the target port of service port ${target.port}: a route names the service port.`
		: '';
	return finding(routeFindings.backendPortMissing, {
		severity: severityOf(effect),
		message: `${routeOf(winner)} sends to ${ref.port === undefined ? 'no port' : `port ${ref.port}`} of Service ${namespace}/${ref.name}, whose service ports are ${ports}.${hint}${fails(backend, effect)}`,
		evidence: [
			evidence(winner, backend, String(ref.port ?? 'absent')),
			objectField({kind: 'Service', ...service}, 'spec.ports[].port', ports),
		],
		toFix: [{kind: 'Service', namespace, name: ref.name}],
		remedy: target
			? `Name service port ${target.port} in backendRefs.`
			: 'Name a port that the Service has in backendRefs, or add the port to the Service.',
		command: kubectl({namespace}, 'get', 'service', ref.name),
	});
}

function notGranted({winner, backend, effect}: Evaluated): Finding {
	const {namespace, ref} = backend;
	const {route} = winner;
	return finding(gatewayRouteFindings.referenceNotGranted, {
		severity: severityOf(effect),
		message: `Namespace ${namespace} does not let ${route.routeKind}s of namespace ${route.namespace} refer to its Service ${ref.name}.${fails(backend, effect)}`,
		evidence: [evidence(winner, backend, `${namespace}/${ref.name}`)],
		remedy: `Create a ReferenceGrant in namespace ${namespace}: from ${route.routeKind} in namespace ${route.namespace}, to Service ${ref.name}.`,
		command: kubectl({namespace}, 'get', 'referencegrant', '-o', 'yaml'),
	});
}

function rejected({winner, status, backend, effect}: Evaluated): Finding {
	const {ref} = backend;
	const condition = status?.resolvedRefs;
	return finding(gatewayRouteFindings.routeRefsNotResolved, {
		severity: severityOf(effect),
		message: `The controller cannot resolve ${ref.kind} ${ref.name} of ${routeOf(winner)}: ${condition ? conditionText(condition) : ''}${fails(backend, effect)}`,
		evidence: [
			...(condition ? [conditionField(winner, condition)] : []),
			evidence(winner, backend, ref.name),
		],
		remedy: `Change ${ref.kind} ${ref.name} or the controller's settings as the message says.`,
		command: describeRoute(winner),
	});
}

/** A kind outside core Gateway API: only its controller knows it. */
function unknownKind({winner, backend}: Evaluated): Finding {
	const {ref} = backend;
	return finding(gatewayRouteFindings.routeRefsNotResolved, {
		undecided: true,
		message: `${routeOf(winner)} sends to ${ref.kind} ${ref.name}${ref.group ? ` of ${ref.group}` : ''}; its controller has not said whether it resolves.`,
		evidence: [evidence(winner, backend, `${ref.group}/${ref.kind}`)],
		remedy: 'Check that the controller serves this kind, and that it runs.',
		command: describeRoute(winner),
	});
}

function refused(
	{winner, backend, effect}: Evaluated,
	why: string,
	remedy = 'Name a Service that has endpoints.',
): Finding {
	const {namespace, ref} = backend;
	return finding(gatewayRouteFindings.routeRefsNotResolved, {
		severity: severityOf(effect),
		message: `Service ${namespace}/${ref.name} ${why}.${fails(backend, effect)}`,
		evidence: [evidence(winner, backend, ref.name)],
		remedy,
		command: kubectl({namespace}, 'get', 'service,endpointslice'),
	});
}

function noWeight(winner: Candidate, backends: readonly Backend[]): Finding {
	const none = backends.length === 0;
	const {routeKind} = winner.route;
	const answer =
		routeKind === 'HTTPRoute' || routeKind === 'GRPCRoute'
			? 'the gateway answers 500'
			: 'the gateway closes the connection';
	return finding(gatewayRouteFindings.backendWeightZero, {
		severity: 'error',
		message: none
			? `Rule ${winner.ruleIndex} of ${routeOf(winner)} has no backend: ${answer}.`
			: `Every backend of rule ${winner.ruleIndex} of ${routeOf(winner)} has weight 0: ${answer}.`,
		evidence: [
			objectField(
				refOf(winner.route.routeKind, winner.route),
				`spec.rules[${winner.ruleIndex}].backendRefs${none ? '' : '[].weight'}`,
				none ? 'none' : '0',
			),
		],
		remedy: none ? 'Add a backendRef to the rule.' : 'Give a weight to the backend that should serve.',
		command: describeRoute(winner),
	});
}

function drainedFinding(winner: Candidate, backend: Backend): Finding {
	return finding(gatewayRouteFindings.backendWeightZero, {
		message: `Backend ${backend.ref.name} has weight 0 and gets no requests.`,
		evidence: [{...evidence(winner, backend, '0'), path: `${backendField(winner, backend)}.weight`}],
		remedy: 'Leave it if the backend is meant to be drained.',
		command: describeRoute(winner),
	});
}

function evidence(winner: Candidate, backend: Backend, value: string): EvidenceField {
	return objectField(refOf(winner.route.routeKind, winner.route), backendField(winner, backend), value);
}

function backendField({ruleIndex}: Candidate, {ref}: Backend): string {
	return `spec.rules[${ruleIndex}].backendRefs[${ref.name}]`;
}
