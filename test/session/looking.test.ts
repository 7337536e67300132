import {expect, test} from 'vitest';
import type {DataSource} from '../../source/session/data-source.ts';
import type {ObjectLook} from '../../source/session/object-look.ts';
import {createLooking} from '../../source/session/looking.ts';
import {waitFor} from '../helpers/wait-for.ts';

function logOf(name: string): ObjectLook {
	return {what: 'log', ref: {kind: 'Pod', namespace: 'shop', name}, fields: []};
}

function open() {
	const read: string[] = [];
	/** Reads of `slow` never end. */
	const dataSource = {
		readObject({ref}: ObjectLook) {
			read.push(ref.name);
			return ref.name === 'slow'
				? new Promise(() => {})
				: Promise.resolve({lines: [`log of ${ref.name}`], marked: []});
		},
	} as unknown as DataSource;
	const shown: (string | undefined)[] = [];
	const looking = createLooking((state) => shown.push(state && `${state.phase} ${state.ref.name}`));
	return {read, shown, look: (name: string) => looking.look(logOf(name), dataSource)};
}

test('an object that is read again stays meanwhile', async () => {
	const {shown, look} = open();
	look('api');
	await waitFor(() => expect(shown).toEqual(['reading api', 'shown api']));
	look('api');
	await waitFor(() => expect(shown).toEqual(['reading api', 'shown api', 'shown api']));
});

test('an object that is read again after another one was asked for takes its place at once', async () => {
	const {shown, look} = open();
	look('api');
	await waitFor(() => expect(shown.at(-1)).toBe('shown api'));
	look('slow');
	look('api');
	expect(shown.slice(2)).toEqual(['reading slow', 'reading api']);
});

test('an object whose read is under way is not read twice: its answer would always be too old', () => {
	const {read, shown, look} = open();
	look('slow');
	look('slow');
	expect([read, shown]).toEqual([['slow'], ['reading slow']]);
});
