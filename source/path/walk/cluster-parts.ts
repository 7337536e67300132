import {stateOfSlices} from '../../rules/slices-state.ts';
import {isKnown, type KindState, type Snapshot} from '../../model/snapshot.ts';
import {serverKinds, type Workload} from '../../model/workloads/workload.ts';
import {clusterDnsService} from '../../rules/cluster-dns/cluster-dns-service.ts';
import {enforcerOf} from '../../rules/network-policy/enforcer.ts';
import type {ClusterPart} from '../cluster-part.ts';
import {recognise} from '../controller/recognise.ts';
import type {Verdict} from '../hop.ts';
import type {ControllerRecord} from '../../rules/controllers/record/record.ts';
import {controllerRecords} from '../../rules/controllers/records.ts';
import {serviceProxyOn} from '../kube-proxy/find-service-proxy.ts';

/** The state of the parts that every path may rest on: a namespace can look well while all of DNS is down. */
export function clusterParts(snapshot: Snapshot): readonly ClusterPart[] {
	return [dns, controllers, nodes, kubeProxy, policies].flatMap((part) => part(snapshot) ?? []);
}

type Counted = {readonly ready: number; readonly total: number};

function verdictOf({ready, total}: Counted): Verdict {
	return ready === 0 ? 'broken' : ready < total ? 'degraded' : 'ok';
}

function ratio({ready, total}: Counted): string {
	return `${ready}/${total}`;
}

/** A list that is still to come is not mentioned; one that may not be read is. */
function unread(part: ClusterPart['part'], ...states: readonly KindState[]): ClusterPart | undefined {
	const forbidden = states.some(({state}) => state === 'forbidden');
	return forbidden ? {part, verdict: 'unknown', short: '', text: 'may not be read'} : undefined;
}

function dns(snapshot: Snapshot): ClusterPart | undefined {
	const service = clusterDnsService(snapshot);
	if (!service) {
		return unread('dns', snapshot.state('Service', 'kube-system'));
	}

	const {namespace, name} = service;
	const state = stateOfSlices(snapshot, service);
	if (!isKnown(state)) {
		return unread('dns', state);
	}

	const endpoints = snapshot.slicesOf(namespace, name).flatMap((slice) => slice.endpoints);
	const byAddress = new Map(endpoints.map((endpoint) => [endpoint.addresses[0], endpoint]));
	const lasting = [...byAddress.values()].filter(({terminating}) => !terminating);
	const counted = {ready: lasting.filter(({ready}) => ready).length, total: lasting.length};
	const verdict = verdictOf(counted);
	const effect = verdict === 'broken' ? ': every name fails' : '';
	return {
		part: 'dns',
		verdict,
		short: ratio(counted),
		text: `${name} ${ratio(counted)} ready${effect}`,
	};
}

/** Workloads that are recognised as a controller of Ingresses or Gateways. */
function controllers(snapshot: Snapshot): ClusterPart | undefined {
	const found = serverKinds.flatMap((kind) =>
		snapshot.list(kind).flatMap((workload) => {
			const {total} = countedOf(workload);
			const record = total > 0 ? (recognise(workload) ?? recordOfGateway(workload)) : undefined;
			return record ? [{name: record.implementation, workload}] : [];
		}),
	);
	if (found.length === 0) {
		return unread('controllers', ...serverKinds.map((kind) => snapshot.state(kind)));
	}

	const counted = totalOf(found.map(({workload}) => workload));
	const dead = found.some(({workload}) => workload.readyReplicas === 0);
	const verdict = dead && counted.ready > 0 ? 'degraded' : verdictOf(counted);
	const text = found.map(({name, workload}) => `${name} ${ratio(countedOf(workload))}`).join(', ');
	return {part: 'controllers', verdict, short: ratio(counted), text};
}

/** A workload that a controller runs for a Gateway names the Gateway in a label, of which some belong to one controller alone. */
function recordOfGateway({labels}: Workload): ControllerRecord | undefined {
	const [record, ...others] = controllerRecords.filter(({gateway}) =>
		gateway?.gatewayLabels.some((label) => labels[label] !== undefined),
	);
	return others.length === 0 ? record : undefined;
}

/** A manifest that no server has seen has no pods to count. */
function countedOf({readyReplicas, replicas, planned}: Workload): Counted {
	return planned ? {ready: 0, total: 0} : {ready: Math.min(readyReplicas, replicas), total: replicas};
}

function totalOf(workloads: readonly Workload[]): Counted {
	return workloads.map(countedOf).reduce((a, b) => ({ready: a.ready + b.ready, total: a.total + b.total}), {
		ready: 0,
		total: 0,
	});
}

function nodes(snapshot: Snapshot): ClusterPart | undefined {
	const all = snapshot.list('Node');
	if (all.length === 0) {
		return unread('nodes', snapshot.state('Node'));
	}

	const counted = {ready: all.filter(({ready}) => ready).length, total: all.length};
	const down = all.filter(({ready}) => !ready).map(({name}) => name);
	const named =
		down.length > 0 ? `; not ready: ${down.slice(0, 3).join(', ')}${down.length > 3 ? ' …' : ''}` : '';
	return {
		part: 'nodes',
		verdict: verdictOf(counted),
		short: ratio(counted),
		text: `${ratio(counted)} ready${named}`,
	};
}

function kubeProxy(snapshot: Snapshot): ClusterPart | undefined {
	const [node] = snapshot.list('Node');
	const states = [snapshot.state('DaemonSet', 'kube-system'), snapshot.state('Node')];
	if (!node || !states.every(isKnown)) {
		return unread('kube-proxy', ...states);
	}

	const {name, how, text, daemonSet} = serviceProxyOn(snapshot, node);
	if (!daemonSet) {
		return {
			part: 'kube-proxy',
			verdict: name ? 'ok' : 'unknown',
			short: name ? text : '',
			text: how ? `${text}, in place of kube-proxy` : text,
		};
	}

	const counted = countedOf(daemonSet);
	if (counted.total === 0) {
		// One that wants no node proves nothing: kube-proxy may be part of the nodes.
		const why = `DaemonSet ${daemonSet.name} ${daemonSet.planned ? 'is a manifest: no server has seen it' : 'wants no node'}`;
		return {part: 'kube-proxy', verdict: 'unknown', short: '', text: why};
	}

	return {
		part: 'kube-proxy',
		verdict: verdictOf(counted),
		short: ratio(counted),
		text: `${text} ${ratio(counted)}`,
	};
}

function policies(snapshot: Snapshot): ClusterPart | undefined {
	const states = [snapshot.state('DaemonSet'), snapshot.state('Node')];
	if (!states.every(isKnown)) {
		return unread('policies', ...states);
	}

	const {name, enforces, daemonSet} = enforcerOf(snapshot, snapshot.version);
	if (enforces === undefined) {
		return {
			part: 'policies',
			verdict: 'unknown',
			short: '',
			text: 'who enforces NetworkPolicies is not known',
		};
	}

	if (!enforces) {
		return {
			part: 'policies',
			verdict: 'ok',
			short: 'none',
			text: `nobody enforces NetworkPolicies (${name})`,
		};
	}

	const all = daemonSet && countedOf(daemonSet);
	const counted = all && all.total > 0 ? all : undefined;
	const ready = counted && counted.ready < counted.total ? ` ${ratio(counted)}` : '';
	return {
		part: 'policies',
		verdict: counted ? verdictOf(counted) : 'ok',
		short: `${name}${ready}`,
		text: `${name} enforces NetworkPolicies${counted ? `, ${ratio(counted)} ready` : ''}`,
	};
}
