import type {Snapshot} from '../../model/snapshot.ts';
import type {HopKind} from '../../path/hop-kind.ts';
import type {Trace} from '../../path/report.ts';
import type {Machine} from '../machine.ts';
import type {Check} from '../probe.ts';
import {clusterDns, dnsPort} from './dns-pods.ts';
import {planDns} from './plan-dns.ts';
import {planController, planLoadBalancer} from './plan-entry.ts';
import {planPods, podsLeftOut} from './plan-pods.ts';
import {hasRules, nodesLeftOut, planRules} from './plan-rules.ts';
import {planService} from './plan-service.ts';
import {probeContextOf, type ProbeContext} from './probe-context.ts';

/** What would be sent to test a path. Making it sends nothing. */
export type ProbesPlan = {
	readonly title: string;
	readonly checks: readonly Check[];
	/** What of many is left out, in sentences. */
	readonly leftOut: readonly string[];
	/** Permissions it needs, each once. */
	readonly permissions: readonly string[];
	/** Addresses that answer DNS where this machine has a way to the pods; asked only if a check depends on it. */
	readonly anchors: readonly {readonly address: string; readonly port: number}[];
};

type PlanRequest = {
	readonly trace: Trace;
	/** Position of the path. Absent: all of them. */
	readonly path?: number;
	/** Absent: the whole path. */
	readonly hop?: HopKind;
	readonly machine: Pick<Machine, 'resolvers'>;
};

/** Everything that can be asked about a path, or about one hop of it, in the order of the hops. */
export function planProbes(snapshot: Snapshot, {trace, path, hop, machine}: PlanRequest): ProbesPlan {
	const paths = path === undefined ? trace.paths : trace.paths.slice(path, path + 1);
	const scenes = paths.map((each) => probeContextOf(snapshot, trace, {path: each, machine}));
	const wanted = hop === undefined ? steps : steps.filter((step) => step.hops.includes(hop));
	const checks = distinct(wanted.flatMap(({plan}) => scenes.flatMap(plan)));
	return {
		title: titleOf(trace, {path, hop}),
		checks,
		leftOut: wanted.flatMap(({leftOut}) => scenes.flatMap((probeContext) => leftOut?.(probeContext) ?? [])),
		permissions: [...new Set(checks.flatMap(({permission}) => permission ?? []))],
		anchors: scenes.slice(0, 1).flatMap(anchorsOf),
	};
}

/** The hops of each path that something would be sent to. */
export function testableHops(
	snapshot: Snapshot,
	{trace, machine}: Pick<PlanRequest, 'trace' | 'machine'>,
): readonly (readonly HopKind[])[] {
	return trace.paths.map((path) => {
		const probeContext = probeContextOf(snapshot, trace, {path, machine});
		const found = steps.filter((step) => isPossible(step, probeContext)).flatMap(({hops}) => hops);
		return path.hops.flatMap(({kind}) => (found.includes(kind) ? [kind] : []));
	});
}

/** Checks from this machine into the pods' network need an address there to try first. */
function isPossible({plan, isPossible: says}: Step, probeContext: ProbeContext): boolean {
	return says
		? says(probeContext)
		: plan(probeContext).some(({needsPodNetwork}) => !needsPodNetwork || anchorsOf(probeContext).length > 0);
}

type Step = {
	readonly hops: readonly HopKind[];
	readonly plan: (probeContext: ProbeContext) => readonly Check[];
	/** Whether the plan has a check, where making it is dear. */
	readonly isPossible?: (probeContext: ProbeContext) => boolean;
	readonly leftOut?: (probeContext: ProbeContext) => readonly string[];
};

const steps: readonly Step[] = [
	{hops: ['dns'], plan: planDns},
	{hops: ['load-balancer', 'route'], plan: planLoadBalancer},
	{hops: ['controller', 'route'], plan: planController},
	{hops: ['service'], plan: planService},
	{
		hops: ['kube-proxy'],
		plan: planRules,
		isPossible: hasRules,
		leftOut: (probeContext) => more(nodesLeftOut(probeContext), 'node', 'nodes'),
	},
	{
		hops: ['endpoints', 'network-policy', 'pod'],
		plan: planPods,
		leftOut: (probeContext) => more(podsLeftOut(probeContext), 'pod', 'pods'),
	},
];

function more(number: number, one: string, many: string): readonly string[] {
	return number === 0 ? [] : [`${number} more ${number === 1 ? one : many} left out: a sample is asked`];
}

function anchorsOf(probeContext: ProbeContext): ProbesPlan['anchors'] {
	return clusterDns(probeContext).pods.flatMap((pod) =>
		pod.podIPs.slice(0, 1).map((address) => ({address, port: dnsPort(pod)})),
	);
}

/** Paths share hops: what would be sent twice is sent once. */
function distinct(checks: readonly Check[]): readonly Check[] {
	return [...new Map(checks.map((check) => [check.sentence, check])).values()];
}

function titleOf(trace: Trace, {path, hop}: Pick<PlanRequest, 'path' | 'hop'>): string {
	const title = (path === undefined ? undefined : trace.paths[path]?.title) ?? trace.target.text;
	return hop === undefined ? `Test ${title}` : `Test the ${hop === 'dns' ? 'DNS' : hop} hop of ${title}`;
}
