import {expect, test} from 'vitest';
import type {Evidence} from '../../source/model/evidence.ts';
import type {Check, ProbeTools} from '../../source/evidence/probe.ts';
import {runProbes, summaryText} from '../../source/evidence/run-probes.ts';

const tools = {} as Omit<ProbeTools, 'signal'>;

function evidence(name: string): Evidence {
	return {
		type: 'dns',
		at: 0,
		vantage: {type: 'machine'},
		subject: {name, recordType: 'A', resolver: 'machine'},
		result: {rcode: 'NOERROR', answers: []},
		of: {},
	};
}

function checkOf(run: Check['run'], rest: Partial<Check> = {}): Check {
	return {sentence: 'a check', of: {}, run, ...rest};
}

test('runs eight at once, and all of them', async () => {
	let running = 0;
	let most = 0;
	const release = Promise.withResolvers<void>();
	const checks = Array.from({length: 20}, (_, position) =>
		checkOf(async () => {
			running++;
			most = Math.max(most, running);
			if (running === 8) {
				release.resolve();
			}

			await release.promise;
			running--;
			return [evidence(`name-${position}`)];
		}),
	);
	const seen: Evidence[] = [];
	const progress: number[] = [];
	const summary = await runProbes(checks, {
		tools,
		observe: (item) => seen.push(item),
		signal: new AbortController().signal,
		onProgress: (done) => progress.push(done),
	});
	expect([most, seen.length, summary.answered, progress.at(-1)]).toEqual([8, 20, 20, 20]);
});

test('ends each check at its deadline, and takes that as its result', async () => {
	const silent = checkOf(
		({signal}) =>
			new Promise((resolve) => {
				signal.addEventListener('abort', () =>
					resolve([{...evidence('silent'), result: {failed: 'timeout', message: 'no answer in time'}}]),
				);
			}),
	);
	const seen: Evidence[] = [];
	const summary = await runProbes([silent, checkOf(async () => [evidence('quick')])], {
		tools,
		observe: (item) => seen.push(item),
		signal: new AbortController().signal,
		deadline: 20,
	});
	expect(seen).toHaveLength(2);
	expect(summaryText(summary)).toBe('1 answered, 1 timed out.');
});

test('cancelled, starts nothing more and drops what was under way', async () => {
	const cancel = new AbortController();
	let started = 0;
	const checks = Array.from({length: 20}, () =>
		checkOf(async ({signal}) => {
			started++;
			cancel.abort();
			expect(signal.aborted).toBe(true);
			return [evidence('late')];
		}),
	);
	const seen: Evidence[] = [];
	const summary = await runProbes(checks, {
		tools,
		observe: (item) => seen.push(item),
		signal: cancel.signal,
		concurrency: 1,
	});
	expect([started, seen, summary.cancelled]).toEqual([1, [], true]);
});

test('finds out once whether it reaches the pods, and only if a check depends on it', async () => {
	let requested = 0;
	const reachesPods = async (): Promise<boolean> => {
		requested++;
		return false;
	};
	const options = {tools, observe() {}, signal: new AbortController().signal, reachesPods};
	await runProbes([checkOf(async () => [evidence('a')])], options);
	expect(requested).toBe(0);
	const direct = checkOf(async () => [evidence('b')], {needsPodNetwork: true});
	const summary = await runProbes([direct, direct, direct], options);
	expect([requested, summary.skipped]).toEqual([1, 3]);
	expect(summaryText(summary)).toBe("0 answered, 3 left out: the pods' network is not reachable from here.");
});

test('sums up what was forbidden by the permissions that were missing', () => {
	const forbidden = (permission: string) => ({failed: 'forbidden', permission, message: ''}) as const;
	expect(
		summaryText({
			answered: 2,
			skipped: 0,
			cancelled: false,
			failures: [
				forbidden('create pods/exec in namespace kube-system'),
				forbidden('create pods/exec in namespace kube-system'),
				{failed: 'unavailable', message: 'gone'},
			],
		}),
	).toBe('2 answered, 1 could not be made, 2 forbidden (create pods/exec in namespace kube-system).');
});
