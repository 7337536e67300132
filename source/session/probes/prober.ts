import type {Connection} from '../../cluster/connection.ts';
import {thisMachine, type Machine} from '../../evidence/machine.ts';
import {planProbes, testableHops} from '../../evidence/plan/plan-probes.ts';
import {planSentences} from '../../evidence/plan/plan-sentences.ts';
import {reachesPods} from '../../evidence/reaches-pods.ts';
import {runProbes, summaryText, type RunOptions} from '../../evidence/run-probes.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Reader, Writer} from '../../store/store-types.ts';
import type {PlannedProbe, Prober, ProbeRequest} from '../data-source.ts';

export type ProberOptions = {
	readonly connection: Connection;
	readonly reader: Reader;
	readonly writer: Writer;
	/** Milliseconds since the epoch. */
	readonly clock: () => number;
	readonly version: string;
	/** Default: this machine. */
	readonly machine?: Machine;
	readonly limits?: Pick<RunOptions, 'concurrency' | 'deadline'>;
};

/** Plans probes of a path from what the store holds, and stores what they find. */
export function createProber(options: ProberOptions): SnapshotProber {
	const {reader, clock} = options;
	const machine = options.machine ?? thisMachine();
	return {
		plan: (request, snapshot = reader.snapshot(clock())) => plan({...options, machine}, request, snapshot),
		testable: (trace) => testableHops(reader.snapshot(clock()), {trace, machine}),
	};
}

/** A prober that also plans over a given snapshot, which may record what the plan reads. */
export type SnapshotProber = Omit<Prober, 'plan'> & {
	plan(request: ProbeRequest, snapshot?: Snapshot): RestingProbe;
};

export type RestingProbe = PlannedProbe & {
	/** Changes when an object changed that the results rest on. */
	readonly restsOn: string;
};

function plan(
	{connection, writer, clock, version, machine, limits}: ProberOptions & {readonly machine: Machine},
	{trace, path, hop}: ProbeRequest,
	snapshot: Snapshot,
): RestingProbe {
	const planned = planProbes(snapshot, {trace, path, hop, machine});
	const {title, checks, permissions, anchors} = planned;
	return {
		plan: {title, checks: planSentences(planned), count: checks.length, permissions},
		restsOn: JSON.stringify(checks.map(({sentence, of, restsOn = of}) => [sentence, restsOn])),
		async run({signal, onProgress, onResult}) {
			const summary = await runProbes(checks, {
				...limits,
				tools: {connection, machine, clock, userAgent: `knet/${version}`},
				observe(evidence) {
					writer.observe(evidence);
					onResult?.(evidence);
				},
				signal,
				onProgress,
				reachesPods: (tools) => reachesPods(anchors, tools),
			});
			return summaryText(summary);
		},
	};
}
