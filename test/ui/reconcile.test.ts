import {catalogue} from '../../source/path/catalogue.ts';
import {expect, test} from 'vitest';
import type {HopKind} from '../../source/path/hop-kind.ts';
import type {Path} from '../../source/path/report.ts';
import {reconcile} from '../../source/ui/reconcile.ts';
import type {Model} from '../../source/ui/model.ts';
import {initialState, type UiState} from '../../source/ui/state.ts';
import {unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {apiPath, apiTrace} from '../helpers/shop-traces.ts';
import {shop} from '../helpers/shop.ts';
import {finding} from '../../source/path/finding.ts';

/** The path of the API while its pods are still to be listed. */
function waiting(path: Path): Path {
	const toCome = finding(catalogue['KNET902']!, {
		undecided: true,
		message: 'Pods are still to come.',
		evidence: [{object: 'Pod', path: 'list', value: 'connecting'}],
		remedy: 'Wait a moment.',
		command: 'kubectl -n shop get pods',
	});
	const hops = path.hops.map((hop) => (hop.kind === 'pod' ? {...hop, findings: [toCome]} : hop));
	return {...path, hops};
}

const target = apiTrace.target.text;
const opened = initialState({columns: 80, rows: 24, opened: {target, namespace: 'shop'}});

function shown(path: Path, ui: UiState = opened): Model {
	const selected = {target, namespace: 'shop', trace: {...apiTrace, paths: [path]}, changes: {}};
	return reconcile({
		ui,
		session: {...shop, selected},
		now: shop.at,
		deskTime: shop.at,
		glyphs: unicodeGlyphs,
		named: String,
	});
}

function hopShown(path: Path): string | undefined {
	return shown(path).hop?.kind;
}

/** The path of the API with a warning at one hop alone. */
function warned(kind: HopKind): Path {
	const warning = finding(catalogue['KNET402']!, {
		severity: 'warning',
		message: 'It is not as it was.',
		evidence: [],
		remedy: 'Look at it.',
		command: 'kubectl -n shop get pods',
	});
	const hops = apiPath.hops.map((hop) => ({...hop, findings: hop.kind === kind ? [warning] : []}));
	return {title: apiPath.title, verdict: 'degraded', hops};
}

test('a break is looked at though lists are still to come', () => {
	expect(hopShown(waiting(apiPath))).toBe('endpoints');
});

test('without a break the first hop is shown until all lists are there', () => {
	const {brokenAt: _, ...undecided} = apiPath;
	expect(hopShown(waiting({...undecided, verdict: 'unknown'}))).toBe('dns');
});

test('the hop follows what is to fix, also of a path that is degraded, until the person chooses one', () => {
	const first = shown({title: apiPath.title, verdict: 'ok', hops: warned('dns').hops});
	const second = shown(warned('route'), first.ui);
	const third = shown(warned('controller'), second.ui);
	expect([first, second, third].map(({hop}) => hop?.kind)).toEqual(['endpoints', 'route', 'controller']);
	expect(shown(warned('route'), {...third.ui, hopChosen: true}).hop?.kind).toBe('controller');
});

test('while lists are still to come the cursor stands on the first hop on the way', () => {
	const path = waiting({...apiPath, verdict: 'unknown', brokenAt: undefined, rootCause: undefined});
	const hops = path.hops.map((hop) => (hop.kind === 'dns' ? {...hop, status: 'skipped' as const} : hop));
	expect(shown({...path, hops}).hop?.kind).toBe('load-balancer');
});
