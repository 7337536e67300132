import {kubectl} from '../../model/safe-text/command.ts';
import {parseIp} from '../../model/matching/ip.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf} from '../../model/ref.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {podNetworkFindings} from './catalogue.ts';

/** KNET653. A pod on the host network has all families of its node, which its own addresses need not show. */
export function noCommonFamily({from, to}: {readonly from?: Pod; readonly to: Pod}): Finding | undefined {
	if (!from || from.hostNetwork || to.hostNetwork) {
		return undefined;
	}

	const [ours, theirs] = [familiesOf(from), familiesOf(to)];
	const isApart = ours.length > 0 && theirs.length > 0 && !ours.some((family) => theirs.includes(family));
	return isApart
		? finding(podNetworkFindings.noCommonIpFamily, {
				message: `Pod ${from.namespace}/${from.name} has only ${ours.join()} addresses, pod ${to.namespace}/${to.name} only ${theirs.join()}.`,
				evidence: [from, to].map((pod) =>
					objectField(refOf('Pod', pod), 'status.podIPs[].ip', pod.podIPs.join(', ')),
				),
				remedy:
					'Give both pods addresses of one family; a pod made before dual-stack was on has to be made again.',
				command: kubectl(to, 'get', 'pod', to.name, '-o', 'jsonpath={.status.podIPs}'),
			})
		: undefined;
}

function familiesOf({podIPs}: Pod): readonly string[] {
	return [...new Set(podIPs.flatMap((ip) => parseIp(ip)?.family ?? []))];
}
