import {systemClock} from '../../../source/clock.ts';
import {onTestFinished} from 'vitest';
import {connect} from '../../../source/cluster/connect.ts';
import type {Connection, Request} from '../../../source/cluster/connection.ts';
import {serveWorld} from '../../../source/demo/api-server.ts';
import {demoOutside} from '../../../source/demo/probes/demo-outside.ts';
import {createSimulation, type Simulation} from '../../../source/demo/simulation.ts';
import {createLiveFeed} from '../../../source/feeds/live.ts';
import {evaluateOnce} from '../../../source/session/once.ts';
import type {RequestOptions} from '../../../source/model/request.ts';
import type {HopKind} from '../../../source/path/hop-kind.ts';
import type {Path, Trace} from '../../../source/path/report.ts';
import {parseSource, parseTarget} from '../../../source/path/target-text.ts';
import {walk} from '../../../source/path/walk/walk.ts';
import {createProber, type ProberOptions, type RestingProbe} from '../../../source/session/probes/prober.ts';
import {createStore} from '../../../source/store/store.ts';

/** What was asked of the API server. */
type Sent = {readonly requests: Request[]; readonly sockets: string[]};

type DemoCluster = {
	readonly simulation: Simulation;
	readonly connection: Connection;
	readonly sent: Sent;
	/** Walks a target, and says what could be sent. */
	readonly ask: (
		target: string,
		from?: string,
		hop?: HopKind,
		request?: RequestOptions,
	) => Promise<{
		readonly trace: Trace;
		readonly planned: RestingProbe;
		readonly testable: readonly HopKind[];
	}>;
	/** Walks, probes, and walks again. */
	readonly probe: (
		target: string,
		from?: string,
	) => Promise<{readonly trace: Trace; readonly summary: string}>;
};

/** The demo's cluster, as it is or with something broken, and a prober over it. */
export async function openDemo(
	breaks: (simulation: Simulation) => void = () => {},
	options: Pick<Partial<ProberOptions>, 'machine' | 'limits'> = {},
): Promise<DemoCluster> {
	const simulation = createSimulation();
	simulation.settle();
	breaks(simulation);
	simulation.settle();
	const server = await serveWorld(simulation.world);
	const real = await connect({server: server.url, env: {}});
	const sent: Sent = {requests: [], sockets: []};
	const connection = recording(real, sent);
	const {writer, reader} = createStore();
	const feed = createLiveFeed({connection, writer, namespaces: ['shop']});
	onTestFinished(async () => {
		await feed.stop();
		await real.close();
		await server.close();
	});
	const prober = createProber({
		connection,
		reader,
		writer,
		clock: Date.now,
		version: '1.2.3',
		machine: demoOutside(connection),
		// Nothing of the demo is silent: what is late is late because the machine is loaded.
		limits: {deadline: 60_000},
		...options,
	});
	const ask: DemoCluster['ask'] = (target, from, hop, request) =>
		evaluateOnce({reader, feed, clock: systemClock, timeout: 60_000}, (snapshot) => {
			const trace = walk(snapshot, {target: valueOf(parseTarget(target, request)), from: sourceOf(from)});
			return {trace, planned: prober.plan({trace, hop}, snapshot), testable: prober.testable(trace)[0] ?? []};
		});

	return {
		simulation,
		connection,
		sent,
		ask,
		async probe(target, from) {
			const {planned} = await ask(target, from);
			const summary = await planned.run({signal: new AbortController().signal, onProgress() {}});
			return {trace: (await ask(target, from)).trace, summary};
		},
	};
}

function recording(connection: Connection, sent: Sent): Connection {
	return {
		...connection,
		request(request) {
			sent.requests.push(request);
			return connection.request(request);
		},
		webSocket(path, query, options) {
			sent.sockets.push(path);
			return connection.webSocket(path, query, options);
		},
	};
}

function sourceOf(from: string | undefined) {
	return from === undefined ? undefined : valueOf(parseSource(from, 'shop'));
}

function valueOf<T>(parsed: {readonly value: T} | {readonly problem: string}): T {
	if ('problem' in parsed) {
		throw new Error(parsed.problem);
	}

	return parsed.value;
}

/** Status, basis and codes of a hop, in one line. */
export function hopText(path: Path | undefined, kind: HopKind): string {
	const hop = path?.hops.find((each) => each.kind === kind);
	return [hop?.status, hop?.basis, ...(hop?.findings.map(({code}) => code) ?? [])].join(' ');
}
