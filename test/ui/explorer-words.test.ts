import {afterEach, expect, test} from 'vitest';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {now} from '../helpers/shop-traces.ts';
import {shop, shopAnswer} from '../helpers/shop.ts';
import {waitFor} from '../helpers/wait-for.ts';

let explorer: OpenExplorer;

const error = {id: 1, at: now, severity: 'error', text: 'Deployment db is not there.'} as const;
const info = {id: 2, at: now, severity: 'info', text: 'Opening staging.'} as const;

afterEach(async () => {
	await explorer.close();
});

test('a word about a key moves no row', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	const before = (await explorer.until('KNET702')).split('\n');
	const notice = {id: 1, at: now, severity: 'info', text: 'There is nothing to test on this hop.'} as const;
	explorer.session.update({notices: [notice]});
	const after = (await explorer.until('nothing to test')).split('\n');
	expect(after.slice(0, 23)).toEqual(before.slice(0, 23));
	expect(after[23]).toMatch(/↑↓ move .* There is nothing to test on this hop\.$/);
});

test('an error of the session covers the last rows and moves none; the next key takes it away', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	const before = (await explorer.until('KNET702')).split('\n');
	const text = `Deployment db is not there. ${'There are: api, web. '.repeat(4)}`;
	explorer.session.update({notices: [{id: 1, at: now, severity: 'error', text}]});
	const after = (await explorer.until('is not there')).split('\n');
	expect(after.slice(0, 21)).toEqual(before.slice(0, 21));
	expect(after[21]).toMatch(/^ ✗ Deployment db is not there\. There are: api, web\./u);
	expect(after[22]).toMatch(/^ {3}are: api, web\. There are: api, web\.$/u);
	expect(after[23]).toBe(before[23]);
	explorer.type('j');
	await explorer.until('❯✗ svc/api:80');
	expect(explorer.screen()).not.toContain('is not there');
	expect(explorer.screen().split('\n')[22]).toBe(before[22]);
});

test('a word about a key ends with the next one, and leaves the keys where they are', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type('z');
	expect((await explorer.until('faults only ')).split('\n').at(-1)).toMatch(/faults only$/);
	explorer.type('j');
	await explorer.until('❯✗ svc/api:80');
	expect(explorer.screen().split('\n').at(-1)).not.toContain('faults only');
});

test('an error that was read does not come back once a later word has ended', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.session.update({notices: [error]});
	await explorer.until('is not there');
	explorer.type('j');
	await explorer.until('❯✗ svc/api:80');
	explorer.session.update({notices: [error, info]});
	await explorer.until('Opening staging');
	explorer.type('k');
	await waitFor(() => expect(explorer.screen()).not.toContain('Opening staging'));
	explorer.session.update({notices: [error], namespace: 'billing'});
	expect(await explorer.until('› billing')).not.toContain('is not there');
});

test('a later word does not hide an error that was not read', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.session.update({notices: [error, info]});
	expect(await explorer.until('Opening staging')).toContain('is not there');
});

test('an error that is too long says that it is cut', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.session.update({notices: [{...error, text: 'There are: api, web. '.repeat(30)}]});
	const rows = (await explorer.until('✗ There are')).split('\n');
	expect(rows[22]).toMatch(/^ {3}\S.*…$/u);
});

test('an error hides no answer to a question', async () => {
	const checks = Array.from({length: 20}, (_, place) => `GET http://10.0.0.${place}/`);
	const plan = {title: 'Test all hops', checks, permissions: []};
	explorer = openExplorer({
		columns: 80,
		rows: 24,
		answer: (action, state) =>
			action.type === 'probe' ? {probe: {phase: 'asking', plan}} : shopAnswer(action, state),
	});
	await explorer.until('KNET702');
	explorer.type('t');
	await explorer.until('Test all hops');
	explorer.session.update({notices: [{...error, text: 'There are: api, web. '.repeat(8)}]});
	expect(await explorer.until('✗ There are')).toContain('│   n  do not send');
});

test('a filter that is no regular expression says so, and finds what is written', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type('/api)');
	const screen = await explorer.until('0 of 7');
	expect(screen).toContain('no regular expression, found as it stands  0 of 7');
	expect(screen).toContain('No entry has the text api); as a regular expression it is not valid.');
	explorer.type('\u007F');
	expect(await explorer.until('2 of 7')).not.toContain('no regular expression');
});

test.each([
	[':ns shpo', 'there is no namespace shpo; did you mean shop?'],
	[':svc nope-nope', 'there is no namespace nope-nope; n lists those that are'],
])('%s moves nowhere', async (text, word) => {
	const kinds = [{kind: 'Namespace', state: {state: 'synced'}, count: 4}] as const;
	explorer = openExplorer({columns: 120, rows: 24, state: {...shop, kinds}});
	await explorer.until('KNET702');
	explorer.type(`${text}\r`);
	expect(await explorer.until(word)).toContain('prod-eu › shop');
	expect(explorer.session.actions.some(({type}) => type === 'namespace')).toBe(false);
});
