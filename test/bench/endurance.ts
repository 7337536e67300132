import {readdirSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {openExplorer, showsKeys} from './explorer.ts';
import {quantile} from './figures.ts';
import {residentOf} from './measure.ts';
import {startBenchServer} from './server/start.ts';

/*
`npm run endurance [-- --minutes 10]`: four hours in ten minutes. An open explorer takes in 1,000 changes a second of the
namespace it shows; its watches end as often as they would in four hours. Memory and handles must be flat after the first
minute, and every key must be answered at once.
*/

const {values} = parseArgs({options: {minutes: {type: 'string', default: '10'}}});
const minutes = Number(values.minutes);
const haste = 24;
/** Goals: megabytes a minute, handles, milliseconds. */
const [steepest, fewest, latest] = [1, 2, 150];

type Sample = {readonly minute: number; readonly mb: number; readonly handles: number};

const server = await startBenchServer(1500, haste);
const explorer = openExplorer({
	file: 'dist/cli.js',
	args: ['--server', server.url, '-n', 'team-000'],
	env: process.env,
});
await explorer.until((text) => text.includes('● live') && /Entries [1-9]/u.test(text));
const start = performance.now();
const minuteNow = (): number => (performance.now() - start) / 60_000;
const churning = Promise.all([
	server.ask({do: 'churn', kind: 'Pod', count: minutes * 60 * 700, rate: 700, within: 750, replaces: true}),
	server.ask({do: 'churn', kind: 'EndpointSlice', count: minutes * 60 * 300, rate: 300, within: 100}),
]);
const samples: Sample[] = [];
const frames: number[] = [];
while (minuteNow() < minutes) {
	await wait(1000);
	for (const isOpen of [true, false]) {
		frames.push((await explorer.press('?', (screen) => showsKeys(screen) === isOpen)) ?? 1000);
	}

	samples.push({minute: minuteNow(), mb: residentOf(explorer.pid), handles: handlesOf(explorer.pid)});
	if (samples.length % 30 === 0) {
		const {minute, mb, handles} = samples.at(-1)!;
		console.log(
			`${minute.toFixed(1)} min: ${mb.toFixed(0)} MB, ${handles} handles, latest frame ${Math.max(...frames.slice(-60)).toFixed(0)} ms`,
		);
	}
}

await churning;
const isLive = await explorer
	.until((text) => text.includes('● live'), 30_000)
	.then(
		() => true,
		() => false,
	);
await explorer.close();
await server.close();

const later = samples.filter(({minute}) => minute >= Math.min(1, minutes / 2));
const handles = later.map((sample) => sample.handles);
const verdicts = [
	say(
		'memory, MB a minute',
		slopeOf(later, ({mb}) => mb),
		steepest,
	),
	// A watch that ends and begins again holds one socket more or less: only what stays counts.
	say('handles, growth in all', slopeOf(later, (sample) => sample.handles) * minutes, fewest),
	say(`latest of ${frames.length} frames, ms`, Math.max(...frames), latest),
	say('not live at the end', isLive ? 0 : 1, 0),
];
console.log(
	`median frame ${quantile(frames, 0.5).toFixed(0)} ms, p99 ${quantile(frames, 0.99).toFixed(0)} ms; ${samples.at(-1)?.mb.toFixed(0)} MB at the end; ${Math.min(...handles)} to ${Math.max(...handles)} handles`,
);
process.exitCode = verdicts.every(Boolean) ? 0 : 1;

function say(name: string, value: number, goal: number): boolean {
	console.log(
		`${name.padEnd(36)} ${value.toFixed(2).padStart(8)}; goal ≤ ${goal}: ${value <= goal ? 'met' : 'NOT MET'}`,
	);
	return value <= goal;
}

function handlesOf(pid: number): number {
	try {
		return readdirSync(`/proc/${pid}/fd`).length;
	} catch {
		return 0;
	}
}

/** Of the line that fits the samples best, a minute. */
function slopeOf(all: readonly Sample[], valueOf: (sample: Sample) => number): number {
	const middle = (pick: (sample: Sample) => number): number =>
		all.reduce((sum, sample) => sum + pick(sample), 0) / all.length;
	const [x, y] = [middle(({minute}) => minute), middle(valueOf)];
	const above = all.reduce((sum, sample) => sum + (sample.minute - x) * (valueOf(sample) - y), 0);
	const below = all.reduce((sum, {minute}) => sum + (minute - x) ** 2, 0);
	return above / below;
}
