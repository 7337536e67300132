import {kubectl} from '../../model/safe-text/command.ts';
import {findCondition} from '../../model/meta.ts';
import {refOf} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {isEnvoyOrAgent} from '../../rules/kube-proxy/taken-over.ts';
import {accessFinding} from '../access.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import {endpointsFindings} from './catalogue.ts';

/** KNET521: Cilium's Envoy takes the traffic; what counts is the state of Cilium and of the Gateway, never the endpoints. */
export function takenOver(snapshot: Snapshot, service: Service): readonly Finding[] {
	const all = snapshot.list('DaemonSet').filter(isEnvoyOrAgent);
	const state = snapshot.state('DaemonSet');
	const access = isKnown(state) ? undefined : accessFinding('DaemonSet', undefined, state);
	const gateway = gatewayField(snapshot, service);
	const down = all.filter(({readyReplicas, replicas}) => readyReplicas < replicas);
	const isDead = down.some(({readyReplicas}) => readyReplicas === 0);
	const found = finding(endpointsFindings.takenOver, {
		severity: isDead ? 'error' : down.length > 0 || gateway ? 'warning' : 'info',
		undecided: all.length === 0 || undefined,
		message:
			down.length > 0
				? `Envoy of Cilium takes the traffic of Service ${service.name}, and ${down.map(readyText).join(' and ')}.`
				: all.length === 0
					? `Envoy of Cilium should take the traffic of Service ${service.name}, and no DaemonSet of Cilium is seen.`
					: gateway
						? `Envoy of Cilium takes the traffic of Service ${service.name}, and its Gateway says ${gateway.value}`
						: `Envoy of Cilium takes the traffic of Service ${service.name}; its endpoint is a placeholder.`,
		evidence: [...all.map(readyField), ...(gateway ? [gateway] : [])],
		remedy:
			down.length > 0 || all.length === 0
				? 'Find out why the pods of Cilium are not ready.'
				: gateway
					? 'Change what the Gateway names.'
					: 'Look at the Gateway or Ingress that the Service belongs to.',
		command: kubectl({}, 'get', 'daemonsets', '-A', '-l', 'app.kubernetes.io/part-of=cilium'),
	});
	return access && all.length === 0 ? [access] : [found];
}

function readyText({name, readyReplicas, replicas}: Workload): string {
	return `${readyReplicas} of ${replicas} pods of DaemonSet ${name} are ready`;
}

function readyField(daemonSet: Workload): EvidenceField {
	return objectField(
		refOf('DaemonSet', daemonSet),
		'status.numberReady',
		`${daemonSet.readyReplicas} of ${daemonSet.replicas}`,
	);
}

/** What its Gateway says against it. An address that is not assigned says nothing of the data path. */
function gatewayField(snapshot: Snapshot, {namespace, labels, owner}: Service): EvidenceField | undefined {
	const name = owner?.kind === 'Gateway' ? owner.name : labels['io.cilium.gateway/owning-gateway'];
	const gateway = name === undefined ? undefined : snapshot.get('Gateway', namespace, name);
	const failed = ['Accepted', 'Programmed']
		.map((type) => gateway && findCondition(gateway.conditions, type))
		.find((condition) => condition?.status === 'False' && condition.reason !== 'AddressNotAssigned');
	return gateway && failed
		? objectField(
				refOf('Gateway', gateway),
				`status.conditions[${failed.type}].message`,
				`${failed.reason}: ${failed.message}`,
			)
		: undefined;
}
