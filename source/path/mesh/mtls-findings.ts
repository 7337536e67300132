import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {isHeadless, type Service, type ServicePort} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {PolicyTls} from '../../rules/istio/destinations.ts';
import type {PolicySource} from '../../rules/network-policy/connections.ts';
import {objectField, finding, type Finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {meshFindings} from './catalogue.ts';
import {autoMtls, shownRule, type Mtls} from './rule-mtls.ts';

type Refused = {
	readonly from: PolicySource;
	readonly client: 'sidecar' | 'outside';
	readonly strict: readonly Strict[];
	/** All pods that the requests may go to take mutual TLS only. */
	readonly isAll: boolean;
	readonly served: Served | undefined;
	/** The DestinationRule by which the sidecar of the client sends plain text. */
	readonly plain: PolicyTls | undefined;
	readonly isTls: boolean;
};

export function refused(
	snapshot: Snapshot,
	{from, client, strict, isAll, served, plain, isTls}: Refused,
): Mtls {
	const stop = isAll ? (isTls ? 'tls-error' : 'reset') : undefined;
	if (client === 'outside') {
		return {findings: [required(from, strict, isAll)], stop};
	}

	return from.type === 'pod' && (plain || !strict.some(({pod}) => isBehindHeadless(snapshot, pod)))
		? {findings: [pastTheMesh(from.pod, {strict, isAll, served, plain})], stop: isAll ? bySidecar : undefined}
		: {findings: [sidecarPastMesh(from, strict)]};
}

/** The client's own Envoy is reset: it answers 503 where it hears HTTP, and cuts the connection elsewhere. */
export const bySidecar = 'nobody';

/** The port of a Service that the client sends to. */
export type Served = {readonly service: Service; readonly port: ServicePort};

export type Strict = {
	readonly pod: Pod;
	readonly port: number;
	readonly by: {readonly namespace: string; readonly name: string};
	readonly path: string;
};

/** The PeerAuthentication that decides. */
function shownBy({by, path}: Strict): Pick<Finding, 'evidence' | 'command'> {
	return {
		evidence: [objectField(refOf('PeerAuthentication', by), path, 'STRICT')],
		command: kubectl({namespace: by.namespace}, 'get', 'peerauthentication', by.name, '-o', 'yaml'),
	};
}

function required(from: PolicySource, strict: readonly Strict[], isAll: boolean): Finding {
	const [first] = strict as [Strict];
	const {by, port} = first;
	const pods = namesOf(strict.map(({pod}) => pod.name));
	return finding(meshFindings.mtlsRequired, {
		severity: isAll ? 'error' : 'warning',
		message: `PeerAuthentication ${by.namespace}/${by.name} wants mTLS on port ${port} of ${pods}; ${clientText(from)}.`,
		remedy: `Take the client into the mesh, or set PERMISSIVE for port ${port} with portLevelMtls.`,
		...shownBy(first),
	});
}

/** Istio knows the addresses of the pods of a headless Service, and may speak mTLS to them (istio.io, Traffic Routing). */
function isBehindHeadless(snapshot: Snapshot, {namespace, labels}: Pod): boolean {
	return snapshot
		.list('Service', namespace)
		.some((service) => isHeadless(service) && service.selector && matchesLabels(service.selector, labels));
}

/** What no Service has as address goes through the sidecar as it is (PassthroughCluster; istio/istio#37431). */
function pastTheMesh(
	client: Pod,
	{strict, isAll, served, plain}: Pick<Refused, 'strict' | 'isAll' | 'served' | 'plain'>,
): Finding {
	const [first] = strict as [Strict];
	const {by, port} = first;
	const pods = namesOf(strict.map(({pod}) => pod.name));
	return finding(meshFindings.mtlsRequired, {
		severity: isAll ? 'error' : 'warning',
		message: `PeerAuthentication ${by.namespace}/${by.name} wants mTLS on port ${port} of ${pods}; ${client.name}'s sidecar sends plain text.`,
		remedy: plain ? autoMtls(plain) : remedyFor(served),
		evidence: [...shownBy(first).evidence, ...(plain ? [shownRule(plain)] : [])],
		command: shownBy(first).command,
	});
}

function remedyFor(served: Served | undefined): string {
	return served
		? `Let the sidecar know the Service: its Sidecar's egress hosts, or the pod's traffic.sidecar.istio.io annotations.`
		: 'Send to a Service of the pod: a sidecar knows Services, and not the addresses of pods.';
}

function sidecarPastMesh(from: PolicySource, strict: readonly Strict[]): Finding {
	const [first] = strict as [Strict];
	const {by} = first;
	return finding(meshFindings.mtlsUnknown, {
		message: `PeerAuthentication ${by.namespace}/${by.name} is STRICT for ${count(strict.length, 'pod')}; ${from.type === 'controller' ? from.name : 'the client'} has a sidecar and sends to addresses of pods.`,
		remedy: 'Let it send to the Service, or probe the connection from its pod.',
		...shownBy(first),
	});
}

function clientText(from: PolicySource): string {
	switch (from.type) {
		case 'pod':
			return `pod ${from.pod.namespace}/${from.pod.name} is outside the mesh`;
		case 'controller':
			return from.sender
				? `${from.name} is outside the mesh`
				: `the pods of ${from.name} are outside the mesh`;
		case 'external':
			return 'outside clients have none';
		case 'node':
			return `node ${from.name ?? ''} is outside the mesh`;
	}
}
