import type {Gateway} from '../../model/routes/gateway.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {exposingServices} from './exposure.ts';
import {hasName, recognise} from './recognise.ts';
import {flagsOf} from './workload-flags.ts';
import {gatewayNameLabel} from '../../rules/controllers/record/gateway-profile.ts';
import type {ControllerRecord} from '../../rules/controllers/record/record.ts';
import {type KindedWorkload, allWorkloads} from '../../rules/all-workloads.ts';

/** What answers the requests for a Gateway, as far as objects show it. */
type DataPlane = {
	/** Those that clients outside can reach come first. */
	readonly services: readonly Service[];
	readonly frontend?: KindedWorkload;
};

/**
Found by the labels of a data plane made for this Gateway, else by the address in its status, else by the workload that is known to run
the controller (Traefik serves every Gateway with one).
*/
export function dataPlaneOf(
	snapshot: Snapshot,
	gateway: Gateway,
	known: ControllerRecord | undefined,
): DataPlane {
	const own = ownServices(snapshot, gateway, known);
	if (own.length > 0) {
		// The Services of Cilium select no pods.
		return {
			services: own,
			frontend: frontendOf(snapshot, own) ?? namedWorkload(snapshot, known?.dataPlane ?? []),
		};
	}

	const shared = known && sharedWorkload(snapshot, known);
	return shared
		? {services: exposingServices(snapshot, shared.workload, shared.workload), frontend: shared}
		: {services: known ? servicesByName(snapshot, known) : []};
}

function ownServices(
	snapshot: Snapshot,
	gateway: Gateway,
	known: ControllerRecord | undefined,
): readonly Service[] {
	const all = snapshot.list('Service');
	const labels = known?.gateway?.gatewayLabels ?? [gatewayNameLabel];
	const labelled = all.filter((service) =>
		labels.some((label) => service.labels[label] === gateway.name && isNear(service, gateway, label)),
	);
	const found = labelled.length > 0 ? labelled : all.filter((service) => hasAddress(service, gateway));
	return found.toSorted((left, right) => rank(right) - rank(left));
}

/** The data plane stands in the namespace of the Gateway, or says beside its name which namespace it is for. */
function isNear(service: Service, gateway: Gateway, label: string): boolean {
	const namespace = service.labels[label.replace(/-name$/v, '-namespace')];
	return label.endsWith('-name') && namespace !== undefined
		? namespace === gateway.namespace
		: service.namespace === gateway.namespace;
}

function hasAddress({loadBalancer, clusterIPs, externalIPs}: Service, {addresses}: Gateway): boolean {
	const own = [
		...loadBalancer.flatMap(({ip, hostname}) => [ip, hostname]),
		...externalIPs,
		...clusterIPs.filter((ip) => ip !== 'None'),
	];
	return addresses.some(({value}) => value !== '' && own.includes(value));
}

function rank({type, loadBalancer}: Service): number {
	return loadBalancer.length > 0 ? 3 : type === 'LoadBalancer' ? 2 : type === 'NodePort' ? 1 : 0;
}

function frontendOf(snapshot: Snapshot, services: readonly Service[]): KindedWorkload | undefined {
	const [{namespace, selector} = {namespace: '', selector: undefined}] = services;
	return selector && Object.keys(selector).length > 0
		? allWorkloads(snapshot, namespace).find(({workload}) => matchesLabels(selector, workload.templateLabels))
		: undefined;
}

/** The one of several that is told to serve Gateways, then one that works. */
function sharedWorkload(snapshot: Snapshot, known: ControllerRecord): KindedWorkload | undefined {
	const score = ({workload}: KindedWorkload) =>
		(Object.keys(flagsOf(workload)).some((flag) => flag.includes('gateway')) ? 2 : 0) +
		(workload.readyReplicas > 0 ? 1 : 0);
	return allWorkloads(snapshot)
		.filter(({workload}) => recognise(workload) === known || hasName(workload, known.gateway?.names))
		.toSorted((left, right) => score(right) - score(left))[0];
}

function namedWorkload(snapshot: Snapshot, names: readonly string[]): KindedWorkload | undefined {
	return allWorkloads(snapshot).find(({workload}) => hasName(workload, names));
}

/** Where workloads may not be read, by what the Services themselves select. */
function servicesByName(snapshot: Snapshot, {gateway}: ControllerRecord): readonly Service[] {
	return snapshot
		.list('Service')
		.filter(({selector}) =>
			['app.kubernetes.io/name', 'app'].some((key) => gateway?.names?.includes(selector?.[key] ?? '')),
		)
		.toSorted((left, right) => rank(right) - rank(left));
}
