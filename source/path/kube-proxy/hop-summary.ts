import type {KubeProxyContext} from './context.ts';
import {areNodesUnknown} from './predicted-findings.ts';
import {count} from '../words.ts';

/** One line: who, where, and what it does with the request. */
export function hopSummary(context: KubeProxyContext): string {
	const {proxy, entry, verdicts} = context;
	const [first] = verdicts;
	const where = entry.isOne && first ? ` on ${first.node.node}` : '';
	return `${proxy.text === 'unknown' ? 'mode unknown' : proxy.text}${where}: ${[does(context), readText(context)].filter(Boolean).join('; ')}`;
}

function does({verdicts, proxy}: KubeProxyContext): string {
	const sending = verdicts.flatMap(({verdict}) => (verdict.verdict === 'DNAT' ? [verdict] : []));
	if (areNodesUnknown(verdicts)) {
		return 'by which node is not known';
	}

	if (sending.length === 0) {
		const rejects = verdicts.some(({verdict}) => verdict.verdict === 'REJECT');
		if (proxy.name === undefined) {
			return rejects ? 'kube-proxy would refuse' : 'kube-proxy would drop';
		}

		return rejects ? 'rejects, connection refused' : 'drops, the client times out';
	}

	const counts = sending.map(({endpoints}) => endpoints.length);
	const least = Math.min(...counts);
	const most = Math.max(...counts);
	const backends = least === most ? count(most, 'backend') : `${least} to ${most} backends`;
	const dropping = verdicts.length - sending.length;
	return dropping > 0 ? `${backends}; ${dropping} of ${verdicts.length} nodes drop` : backends;
}

function readText({verdicts, entry}: KubeProxyContext): string {
	const read = verdicts.flatMap(({check}) => (check && check.state !== 'unknown' ? [check] : []));
	const differ = read.filter(({state}) => state === 'differs').length;
	if (read.length === 0) {
		return '';
	}

	if (entry.isOne) {
		return differ > 0 ? 'its rules differ' : 'its rules agree';
	}

	return differ > 0
		? `${differ} of ${count(read.length, 'node')} differ`
		: `rules of ${count(read.length, 'node')} agree`;
}
