import {readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {runDnsCase} from './dns.ts';
import {runEndpointSliceCase} from './endpointslice.ts';
import {runGatewayHttpCase} from './gateway-http.ts';
import {runIngressPathsCase} from './ingress-paths.ts';
import {runChainsCase} from './kube-proxy-chains.ts';
import {runTopologyCase} from './kube-proxy-topology.ts';
import {runNetworkPolicyCase} from './networkpolicy.ts';
import {skippedFeatures} from './skipped-features.ts';

export type CaseResult = {readonly id: string} & (
	| {readonly outcome: 'passed'}
	| {readonly outcome: 'failed'; readonly expected: unknown; readonly got: unknown}
	| {readonly outcome: 'skipped'; readonly reason: string}
);

type AnyCase = {readonly id: string; readonly feature?: string};
type Run = (
	item: never,
) => {readonly pass: boolean; readonly expected: unknown; readonly got: unknown} | {readonly skip: string};

/** Which adapter runs the cases of a file, by the beginning of its name. */
const runners: readonly (readonly [string, Run])[] = [
	['dns', runDnsCase],
	['endpointslice', runEndpointSliceCase],
	['gateway', runGatewayHttpCase],
	['ingress', runIngressPathsCase],
	['kube-proxy-chains', runChainsCase],
	['kube-proxy-topology', runTopologyCase],
	['networkpolicy', runNetworkPolicyCase],
];

/** Runs every case of a file. A file that no adapter knows is an error: nothing passes unseen. */
export function runFile(file: string): readonly CaseResult[] {
	const run = runners.find(([prefix]) => basename(file).startsWith(prefix))?.[1];
	if (!run) {
		throw new Error(
			`${basename(file)}: no adapter; known are files that begin with ${runners.map(([prefix]) => prefix).join(', ')}`,
		);
	}

	const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly AnyCase[];
	return cases.map((item) => runCase(run, item));
}

function runCase(run: Run, item: AnyCase): CaseResult {
	const reason = item.feature === undefined ? undefined : skippedFeatures[item.feature];
	if (reason !== undefined) {
		return {id: item.id, outcome: 'skipped', reason};
	}

	try {
		const result = run(item as never);
		// Only features of the list may be skipped: an adapter that cannot run a case has failed it.
		if ('skip' in result) {
			return {id: item.id, outcome: 'failed', expected: 'a result', got: result.skip};
		}

		return result.pass
			? {id: item.id, outcome: 'passed'}
			: {id: item.id, outcome: 'failed', expected: result.expected, got: result.got};
	} catch (error) {
		return {id: item.id, outcome: 'failed', expected: 'a result', got: String(error)};
	}
}
