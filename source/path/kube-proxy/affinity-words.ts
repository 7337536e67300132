import type {RulesMode} from '../../rules/kube-proxy/exposure-type-verdict.ts';

/** Session affinity in words: what keeps a client on its backend, and until when. */
export function affinityWords(seconds: number | undefined, mode: RulesMode | undefined): string | undefined {
	if (seconds === undefined) {
		return undefined;
	}

	const memory =
		mode === 'ipvs' ? 'IPVS persistence' : mode === 'nftables' ? 'an nftables set' : 'the recent list';
	return `ClientIP: an address keeps its backend until ${durationText(seconds)} after its last connection, on each node for itself (${memory})`;
}

function durationText(seconds: number): string {
	if (seconds % 3600 === 0) {
		return `${seconds / 3600} h`;
	}

	return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
