import {systemClock} from '../clock.ts';
import {UserError} from '../errors.ts';
import {evaluateOnce} from '../session/once.ts';
import {scan} from '../path/walk/scan.ts';
import {parseTarget, parseSource} from '../path/target-text.ts';
import {walk} from '../path/walk/walk.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Trace} from '../path/report.ts';
import type {Demo} from '../demo/start-demo.ts';
import type {Flags} from './flags/flags.ts';
import {metadataOf} from './output/metadata.ts';
import {scanText, traceText} from './output/printer.ts';
import {startEarly} from './data-source/worker-thread.ts';
import {showsScreen} from './flags/shows-screen.ts';
import {openServer, type OpenSource} from './data-source/source.ts';
import type {Terminal} from './output/terminal.ts';

/** What is broken when the demo is only printed and no scenario is named. */
const printedScenario = 'not-ready';

/** `knet demo [SCENARIO]`: the explorer over the embedded cluster; without a terminal its scan and one broken trace. */
export async function demo(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	if (words.length > 1) {
		throw new UserError(
			`knet demo takes one scenario, not ${words.length}.`,
			'For example: knet demo dns-down.',
		);
	}

	const isShown = showsScreen(flags, terminal);
	if (isShown) {
		startEarly(terminal.env);
	}

	const {startDemo} = await import('../demo/start-demo.ts');
	const running = await startDemo({
		scenario: words[0] ?? (isShown ? undefined : printedScenario),
		live: isShown,
	});
	try {
		return isShown ? await show(running, flags, terminal) : await print(running, flags, terminal);
	} finally {
		await running.stop();
	}
}

async function show(running: Demo, flags: Flags, terminal: Terminal): Promise<number> {
	const {exploreDemo} = await import('./explore.ts');
	return exploreDemo(running, flags, terminal);
}

async function print(running: Demo, flags: Flags, terminal: Terminal): Promise<number> {
	const source = await openServer(running.url);
	try {
		const metadata = metadataOf(source);
		const scanned = await evaluateOnce(traceOptions(source), (snapshot) => scan(snapshot, 'shop'));
		terminal.print(`${await scanText({...scanned, namespace: 'shop'}, {flags, metadata, ...terminal})}\n`);
		const trace = await traceOf(source, running, {flags, terminal});
		terminal.print(await traceText(trace, {flags, metadata, ...terminal}));
		return 0;
	} finally {
		await source.close();
	}
}

function traceOptions(source: OpenSource) {
	return {...source, clock: systemClock, timeout: 10_000};
}

async function traceOf(
	source: OpenSource,
	{scenario}: Demo,
	{flags, terminal}: {readonly flags: Flags; readonly terminal: Terminal},
): Promise<Trace> {
	const target = parseTarget(scenario?.target ?? 'http://app.example.com/api');
	const from = scenario?.from === undefined ? undefined : parseSource(scenario.from, 'shop');
	if ('problem' in target) {
		throw new UserError(target.problem, target.next);
	}

	const walkOver = (snapshot: Snapshot): Trace =>
		walk(snapshot, {target: target.value, from: from && 'value' in from ? from.value : undefined});
	if (!flags.probe || !source.connection) {
		return evaluateOnce(traceOptions(source), walkOver);
	}

	const [{askWithProbes, proberOf}, {demoOutside}] = await Promise.all([
		import('./data-source/ask-with-probes.ts'),
		import('../demo/probes/demo-outside.ts'),
	]);
	const prober = proberOf(source, demoOutside(source.connection));
	const ask = () =>
		evaluateOnce(traceOptions(source), (snapshot) => {
			const trace = walkOver(snapshot);
			return {result: trace, planned: prober.plan({trace}, snapshot)};
		});
	return askWithProbes({ask, say: terminal.say, clock: systemClock})();
}
