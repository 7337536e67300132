import {describe, expect, test} from 'vitest';
import {unicodeGlyphs} from '../../../source/view/text/glyphs.ts';
import {runPrompt} from '../../../source/ui/typing/prompt.ts';
import {reconcile} from '../../../source/ui/reconcile.ts';
import {initialState} from '../../../source/ui/state.ts';
import {shop} from '../../helpers/shop.ts';
import type {TraceOptions} from '../../../source/model/request.ts';
import {suggestions} from '../../../source/ui/typing/suggestions.ts';

/** What a line after `:` makes of how requests are made, and what it says. */
function typed(text: string, traceOptions: TraceOptions = {}) {
	const ui = initialState({columns: 80, rows: 24});
	const model = reconcile({
		ui,
		session: {...shop, traceOptions},
		now: shop.at,
		deskTime: shop.at,
		glyphs: unicodeGlyphs,
		named: String,
	});
	const {effects, ui: after} = runPrompt(text, model);
	return {effects, said: after.flash?.text};
}

const requested = (traceOptions: TraceOptions) => [{type: 'session', action: {type: 'ask', traceOptions}}];

describe('after a colon', () => {
	test('a word that every object has in JavaScript is a target', () => {
		expect(typed('constructor').said).toMatch(/^no command constructor/u);
	});

	test('from chooses where requests start, and alone takes it back', () => {
		const from = {kind: 'pod', namespace: 'shop', name: 'web-1'} as const;
		expect(typed('from pod/web-1')).toEqual({
			effects: requested({from}),
			said: 'requests are made from pod shop/web-1',
		});
		expect(typed('from', {from})).toEqual({
			effects: requested({}),
			said: 'requests are made as suits the target',
		});
	});

	test('method, header and query add to each other', () => {
		const canary = {name: 'X-Canary', value: 'always'};
		expect(typed('header x-canary: never', {request: {method: 'POST', headers: [canary]}})).toEqual({
			effects: requested({request: {method: 'POST', headers: [{name: 'x-canary', value: 'never'}]}}),
			said: 'requests are made POST, x-canary: never',
		});
		expect(typed('method put').said).toBe('requests are made PUT');
		expect(typed('query a=b', {request: {query: [{name: 'c', value: 'd'}]}}).said).toBe(
			'requests are made ?c=d, ?a=b',
		);
		expect(typed('header', {request: {method: 'POST', headers: [canary]}}).said).toBe(
			'requests are made POST',
		);
	});

	test('GET is what is asked by itself: it is not said', () => {
		expect(typed('method GET').said).toBe('requests are made as suits the target');
	});

	test('an entry is offered once, as it is listed', () => {
		const [first] = shop.entries;
		const entries = [{...first!, target: 'svc/shop/api:http', title: 'svc/api:80'}];
		expect(suggestions('svc/', {...shop, entries})).toEqual(['svc/api:80']);
	});

	test('what cannot be read is said, and nothing is asked', () => {
		expect(typed('from the moon')).toEqual({
			effects: [],
			said: 'from the moon is not a source. Give external, external:IP, pod/[NAMESPACE/]NAME, deploy/[NAMESPACE/]NAME or node/NAME.',
		});
		expect(typed('header oops')).toEqual({
			effects: [],
			said: 'header oops has no ":". Write NAME: VALUE.',
		});
	});
});
