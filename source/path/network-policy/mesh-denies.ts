import {kubectl} from '../../model/safe-text/command.ts';
import {kubectlName} from '../../model/kinds.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refText} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {PolicySource} from '../../rules/network-policy/connections.ts';
import {denyingMesh, type MeshDefault} from '../../rules/network-policy/mesh-default.ts';
import {finding, objectField, type Finding} from '../finding.ts';
import {namesOf} from '../words.ts';
import {networkPolicyFindings} from './catalogue.ts';
import {linkerdDenies} from './linkerd-denies.ts';

/** What the mesh of the pods denies by default, and the words for it. */
export type MeshDenial = {readonly finding: Finding; readonly summary: string};

export function meshDenies(
	snapshot: Snapshot,
	pods: readonly Pod[],
	from: PolicySource,
	port: number | undefined,
): MeshDenial | undefined {
	const linkerd = linkerdDenies(snapshot, pods, from, port);
	return linkerd ? {finding: linkerd, summary: "denied by Linkerd's policy"} : nobodyAdmitted(snapshot, pods);
}

/** KNET808. */
function nobodyAdmitted(snapshot: Snapshot, pods: readonly Pod[]): MeshDenial | undefined {
	const denied = pods.flatMap((pod) => {
		const found = denyingMesh(snapshot, pod);
		return found ? [{pod, found}] : [];
	});
	const [first] = denied;
	if (!first) {
		return undefined;
	}

	const {pod, found} = first;
	const {mesh, kind, by, path, value, isHidden} = found;
	const names = namesOf(denied.map((each) => each.pod.name));
	return {
		summary:
			found.because === 'no-rule'
				? `denied by ${by.namespace}/${by.name}`
				: `${mesh} admits nobody by default`,
		finding: finding(networkPolicyFindings.meshAdmitsNobody, {
			severity: denied.length < pods.length ? 'warning' : undefined,
			undecided: isHidden || undefined,
			message:
				found.because === 'no-rule'
					? `${kind} ${by.namespace}/${by.name} has no rule, and no other lets anybody in to ${names}.`
					: `No ${kind} is about ${names}, and ${reasonOf(found)}: proxies close connections.`,
			evidence: [
				objectField(by, path, value),
				{
					object: `${kind}/*`,
					path: 'spec',
					value: `none ${found.because === 'no-rule' ? 'allows anything to' : 'is about'} ${pod.name}`,
				},
			],
			remedy: isHidden
				? `Add ${withArticle(kind)} that admits the client, unless ${mesh}'s own command or UI has made one.`
				: `Add ${withArticle(kind)} that admits the client.`,
			command: kubectl({}, 'get', kubectlName(kind), '-A'),
		}),
	};
}

function withArticle(kind: string): string {
	return `${/^[AEIOU]/u.test(kind) ? 'an' : 'a'} ${kind}`;
}

function reasonOf({mesh, because, by}: MeshDefault): string {
	switch (because) {
		case 'mutual-tls':
			return `mutual TLS of ${refText(by)} is on`;
		case 'default-deny':
		case 'no-rule':
			return `${mesh}'s default is deny`;
	}
}
