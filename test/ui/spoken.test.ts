import {afterEach, expect, test} from 'vitest';
import {startSpoken} from '../../source/ui/start-spoken.tsx';
import type {SessionState} from '../../source/session/state.ts';
import {fakeSession, type FakeSession} from '../helpers/fake-session.ts';
import {now} from '../helpers/shop-traces.ts';
import {shop, shopAnswer} from '../helpers/shop.ts';
import {keys, openTerminal, type TestTerminal} from '../helpers/terminal.ts';
import {waitFor} from '../helpers/wait-for.ts';

let terminal: TestTerminal;
let session: FakeSession;
let done: Promise<void>;

function open(state: SessionState = shop): void {
	terminal = openTerminal(200, 60);
	session = fakeSession(state, shopAnswer);
	const {stdin, stdout} = terminal;
	const named = (text: string): string => text.replaceAll('knet ', 'kubectl knet ');
	done = startSpoken({
		session,
		stdin,
		stdout,
		env: {},
		named,
		clock: {now: () => now, every: () => () => {}},
	});
}

afterEach(async () => {
	terminal.type('\u0003');
	await done;
});

test('a screen reader gets plain lines, one for each key and change, and nothing twice', async () => {
	open();
	await terminal.until('entry 1 of 7');
	terminal.type('j');
	await terminal.until('svc/api:80, broken');
	terminal.type('k');
	await terminal.until((screen) => screen.split('entry 1 of 7').length === 3);
	terminal.type(keys.enter);
	await terminal.until('Pods, broken');
	terminal.type('b');
	await terminal.until('Endpoints, broken');
	const [first, ...others] = session.getState().entries;
	session.update({entries: [{...first!, verdict: 'ok', cause: undefined, symptom: undefined}, ...others]});
	await terminal.until('Changed: ');
	expect(terminal.screen()).toMatchInlineSnapshot(`
		"prod-eu, namespace shop, live, 7 entries.
		app.example.com/api, broken, 503, entry 1 of 7. Cause: The readiness probe of container app fails: HTTP probe failed with statuscode: 500.
		svc/api:80, broken, connection refused, entry 2 of 7. Cause: The readiness probe of container app fails: HTTP probe failed with statuscode: 500.
		app.example.com/api, broken, 503, entry 1 of 7. Cause: The readiness probe of container app fails: HTTP probe failed with statuscode: 500.
		https://app.example.com/api, broken.
		Pods, broken, 3 running, 0 ready, hop 9 of 9, traffic stops at Endpoints, root cause: The readiness probe of container app fails: HTTP probe failed with statuscode: 500 (GET :8080/healthz).
		https://app.example.com/api, broken.
		Endpoints, broken, 0 of 3 ready, hop 6 of 9, traffic stops here, root cause at Pods: The readiness probe of container app fails: HTTP probe failed with statuscode: 500 (GET :8080/healthz).
		Changed: app.example.com/api was broken, is ok."
	`);
	const sequences = terminal.writes.join('').replaceAll(/\u001B\[\?2004[hl]/gu, '');
	expect(sequences).not.toContain('\u001B');
});

test('where traffic stops the cause is said that lies elsewhere; a key says why it does nothing now', async () => {
	open();
	await terminal.until('entry 1 of 7');
	terminal.type(`${keys.enter}b`);
	await terminal.until('traffic stops here, root cause at Pods: The readiness probe');
	terminal.type('?');
	await terminal.until('move up, 1 of 88');
	terminal.type('differs');
	await terminal.until('D show what differs between then and now, not now: the present is shown');
});

test('what is copied names the program as it was called', async () => {
	open();
	await terminal.until('entry 1 of 7');
	terminal.type('C');
	await waitFor(() => expect(copied()).toContain('`kubectl knet trace https://app.example.com/api'));
});

test('without Services it says so, and no number that would count them', async () => {
	const state = {state: 'forbidden', resource: 'services', group: '', reason: ''} as const;
	open({...shop, entries: [], kinds: [{kind: 'Service', state, count: 0}]});
	await terminal.until('live, without Services.');
	await terminal.until('Services may not be listed here.');
	expect(terminal.screen()).not.toMatch(/0 entries|No entries/u);
});

function copied(): string {
	const sequence = /\u001B\]52;c;(?<text>[\w+/=]+)/u.exec(terminal.writes.join(''));
	return Buffer.from(sequence?.groups?.['text'] ?? '', 'base64').toString();
}
