import {plainName} from '../../../rules/cluster-dns/name.ts';
import type {Source} from '../../../model/request.ts';
import {finding, type Finding} from '../../finding.ts';
import {clusterDnsFindings} from '../cluster-dns/cluster-dns-catalogue.ts';

/** `localhost` and names below it are the loopback of whoever asks; kubelet writes the first into each pod's hosts file (RFC 6761, 6.3). */
export function isLoopbackName(name: string): boolean {
	return /(?:^|\.)localhost$/iu.test(plainName(name));
}

/** KNET133. */
export function loopbackName(name: string, source: Source): Finding {
	const who = source.kind === 'pod' ? `pod ${source.namespace}/${source.name}` : 'whoever asks';
	return finding(clusterDnsFindings.loopbackName, {
		message: `${plainName(name)} is the loopback of ${who}: the request leads to no Service.`,
		evidence: [{object: 'hosts file', path: 'localhost', value: '127.0.0.1'}],
		remedy: 'Ask for the name of the Service, unless a container of the same pod is meant.',
		command: 'kubectl get services -A',
	});
}
