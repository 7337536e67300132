import type {Clock} from '../../clock.ts';
import {UserError} from '../../errors.ts';
import type {Machine} from '../../evidence/machine.ts';
import {createProber, type RestingProbe, type SnapshotProber} from '../../session/probes/prober.ts';
import {version} from '../../version.ts';
import type {ProbePlan} from '../../session/probes/probe-state.ts';
import type {OpenSource} from './source.ts';

/** A trace or another report, and what could be sent to test it. */
type Requested<T> = {readonly result: T; readonly planned: RestingProbe};

type Probing<T> = {
	/** Walks, and plans over what the walk read. */
	readonly ask: () => Promise<Requested<T>>;
	/** Says a sentence on stderr. */
	readonly say: (text: string) => void;
	readonly clock: Pick<Clock, 'elapsed'>;
};

/** The prober of a source. Throws `UserError` where there is no cluster to ask. */
export function proberOf({connection, reader, writer}: OpenSource, machine?: Machine): SnapshotProber {
	if (!connection) {
		throw new UserError(
			'--probe needs a cluster to ask; files cannot answer.',
			'Leave out -f to trace in the cluster of the kubeconfig.',
		);
	}

	return createProber({connection, reader, writer, clock: Date.now, version, machine});
}

/** With -w evidence is gathered again after an object changed, but not more often than this. Milliseconds. */
const pause = 3000;

/**
Asks with evidence: says what will be sent, sends it, and walks again. Asked once more it sends again only after something
changed that the evidence rests on; what comes too early for that is sent a little later.
*/
export function askWithProbes<T>({ask, say, clock}: Probing<T>): () => Promise<T> {
	let known: string | undefined;
	let last = Number.NEGATIVE_INFINITY;
	let running: Promise<void> | undefined;
	let timer: NodeJS.Timeout | undefined;

	const send = async (planned: RestingProbe): Promise<void> => {
		known = planned.restsOn;
		planLines(planned.plan).forEach((line) => say(`${line}\n`));
		const summary = await planned.run({signal: new AbortController().signal, onProgress() {}});
		say(`${summary}\n`);
		last = clock.elapsed();
	};

	const start = async (planned: RestingProbe): Promise<void> => {
		running = send(planned);
		await running;
		running = undefined;
	};

	return async () => {
		await running;
		const {result, planned} = await ask();
		const wait = last + pause - clock.elapsed();
		if (planned.restsOn === known || planned.plan.checks.length === 0) {
			return result;
		}

		if (wait > 0) {
			clearTimeout(timer);
			// What it finds is a change of the store, which makes the watcher ask again.
			timer = setTimeout(() => void start(planned), wait);
			timer.unref();
			return result;
		}

		await start(planned);
		return (await ask()).result;
	};
}

function planLines({checks, permissions}: ProbePlan): readonly string[] {
	return [
		'knet sends:',
		...checks.map((check) => `- ${check}`),
		...(permissions.length > 0 ? [`It needs permission to ${permissions.join(', ')}.`] : []),
	];
}
