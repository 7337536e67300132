import {expect, test} from 'vitest';
import {askWithProbes} from '../../../source/commands/data-source/ask-with-probes.ts';
import type {RestingProbe} from '../../../source/session/probes/prober.ts';

function probing() {
	const said: string[] = [];
	let sent = 0;
	let version = 1;
	let now = 0;
	const planned = (): RestingProbe => ({
		plan: {title: 'Test', checks: ['TCP connection to a pod'], permissions: ['create pods/portforward']},
		restsOn: `version ${version}`,
		async run() {
			sent++;
			return '1 answered.';
		},
	});
	const ask = askWithProbes({
		ask: async () => ({result: `asked after ${sent}`, planned: planned()}),
		say: (text) => said.push(text),
		clock: {elapsed: () => now},
	});
	return {
		ask,
		said,
		sent: () => sent,
		change: () => version++,
		pass: (milliseconds: number) => (now += milliseconds),
	};
}

test('says what it sends before it sends, and answers with what was found', async () => {
	const {ask, said} = probing();
	expect(await ask()).toBe('asked after 1');
	expect(said).toEqual([
		'knet sends:\n',
		'- TCP connection to a pod\n',
		'It needs permission to create pods/portforward.\n',
		'1 answered.\n',
	]);
});

test('sends again only after something changed that the evidence rests on', async () => {
	const {ask, sent, change, pass} = probing();
	await ask();
	pass(10_000);
	expect(await ask()).toBe('asked after 1');
	change();
	expect(await ask()).toBe('asked after 2');
	expect(sent()).toBe(2);
});

test('answers without evidence where it would have to send too soon again', async () => {
	const {ask, sent, change, pass} = probing();
	await ask();
	change();
	pass(1000);
	expect(await ask()).toBe('asked after 1');
	expect(sent()).toBe(1);
	pass(2000);
	expect(await ask()).toBe('asked after 2');
});
