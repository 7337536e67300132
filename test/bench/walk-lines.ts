import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import type {Line, Measured} from './figures.ts';

type Said = {
	readonly median: number;
	readonly p99: number;
	readonly unwell: number;
	readonly all: number;
	readonly firstMs: number;
	readonly rewalked: number;
	readonly rewalkMs: number;
};

/** Services of a namespace, and the list itself: what an event in the namespace touches. */
const readers = 52;

export async function walkLines(): Promise<readonly Line[]> {
	const {stdout} = await promisify(execFile)(process.execPath, ['test/bench/walks.ts'], {maxBuffer: 2 ** 24});
	const said = JSON.parse(stdout) as Said;
	const well = (value: number): Measured =>
		said.unwell > 0 ? {why: `${said.unwell} of the paths were not ok`} : {value};
	return [
		{
			name: 'walk of a path, 10,000 Services, median of 1,000',
			goal: 5,
			unit: 'ms',
			value: well(said.median),
		},
		{name: 'walk of a path, 10,000 Services, p99', goal: 50, unit: 'ms', value: well(said.p99)},
		{
			name: `walks after one event, of ${said.all} entries`,
			goal: readers * 1.5,
			unit: 'walks',
			value: {value: said.rewalked},
		},
		{name: 'every entry walked once, each', goal: 5, unit: 'ms', value: {value: said.firstMs / said.all}},
	];
}
