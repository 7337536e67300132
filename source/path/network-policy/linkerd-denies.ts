import {kubectl} from '../../model/safe-text/command.ts';
import type {ForeignPolicy} from '../../model/policies/network-policy.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {PolicySource} from '../../rules/network-policy/connections.ts';
import {denyingDefault, denyingServer} from '../../rules/network-policy/linkerd-default.ts';
import type {Party} from '../../rules/network-policy/party.ts';
import {finding, objectField, type EvidenceField, type Finding} from '../finding.ts';
import {namesOf} from '../words.ts';
import {networkPolicyFindings} from './catalogue.ts';

/** KNET807. */
export function linkerdDenies(
	snapshot: Snapshot,
	pods: readonly Pod[],
	from: PolicySource,
	port: number | undefined,
): Finding | undefined {
	const client = clientOf(from);
	const refusal = serverDenies(snapshot, pods, {from, client, port});
	if (client === 'unknown' || refusal) {
		return refusal;
	}

	const denied = pods.flatMap((pod) => {
		const found = denyingDefault(snapshot, {pod, port}, client);
		return found ? [{pod, ...found}] : [];
	});
	const [first] = denied;
	return (
		first &&
		finding(networkPolicyFindings.linkerdDenies, {
			severity: denied.length < pods.length ? 'warning' : undefined,
			message: `Linkerd's default policy ${first.policy} of ${namesOf(denied.map(({pod}) => pod.name))} denies the client, and no Server selects ${port === undefined ? 'them' : `their port ${port}`}.`,
			evidence: denied.slice(0, 3).map(({pod, policy, path}) => objectField(refOf('Pod', pod), path, policy)),
			remedy: 'Add a Server for the port and an AuthorizationPolicy that admits the client.',
			command: kubectl(first.pod, 'get', 'servers.policy.linkerd.io,authorizationpolicies.policy.linkerd.io'),
		})
	);
}

type Asking = {
	readonly from: PolicySource;
	readonly client: Pod | undefined | 'unknown';
	readonly port: number | undefined;
};

/** A Server is there, and nothing admits the client to it; where none is named, nothing admits anybody. */
function serverDenies(snapshot: Snapshot, pods: readonly Pod[], asking: Asking): Finding | undefined {
	const party = partyOf(snapshot, asking);
	const denied = pods.flatMap((pod) => {
		const server = denyingServer(snapshot, {pod, port: asking.port}, party);
		return server ? [{pod, server}] : [];
	});
	const [first] = denied;
	return (
		first &&
		finding(networkPolicyFindings.linkerdDenies, {
			severity: denied.length < pods.length ? 'warning' : undefined,
			message: `No authorization of Linkerd's Server ${first.server.name} admits ${party.type === 'anybody' ? 'anybody' : 'the client'} to ${namesOf(denied.map(({pod}) => pod.name))}.`,
			evidence: [serverField(first.server)],
			remedy: 'Add an AuthorizationPolicy for the Server that admits the client.',
			command: kubectl(first.pod, 'get', 'authorizationpolicies.policy.linkerd.io', '-o', 'yaml'),
		})
	);
}

function serverField({namespace, name, accessPolicy, port}: ForeignPolicy): EvidenceField {
	const object = `Server/${namespace}/${name}`;
	return accessPolicy === undefined
		? {object, path: 'spec.port', value: String(port)}
		: {object, path: 'spec.accessPolicy', value: accessPolicy};
}

function partyOf(snapshot: Snapshot, {from, client}: Asking): Party {
	if (client === 'unknown') {
		return {type: 'anybody'};
	}

	return client
		? {type: 'pod', pod: client, namespaceLabels: snapshot.get('Namespace', '', client.namespace)?.labels}
		: {type: 'address', ips: from.type === 'external' && from.ip !== undefined ? [from.ip] : []};
}

/** Any client may be meant, or the pods of a controller are not seen. */
function clientOf(from: PolicySource): Pod | undefined | 'unknown' {
	switch (from.type) {
		case 'external':
			return undefined;
		case 'pod':
			return from.pod;
		case 'controller':
			return from.pods[0] ?? 'unknown';
		case 'node':
			return from.name === undefined ? 'unknown' : undefined;
	}
}
