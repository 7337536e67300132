import {kubectl} from '../../model/safe-text/command.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {PolicySource} from '../../rules/network-policy/connections.ts';
import {denyingDefault} from '../../rules/network-policy/linkerd-default.ts';
import {finding, objectField, type Finding} from '../finding.ts';
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
	if (client === 'unknown') {
		return undefined;
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
