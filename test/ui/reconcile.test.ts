import {catalogue} from '../../source/path/catalogue.ts';
import {expect, test} from 'vitest';
import type {Path} from '../../source/path/report.ts';
import {reconcile} from '../../source/ui/reconcile.ts';
import {initialState} from '../../source/ui/state.ts';
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

function hopShown(path: Path): string | undefined {
	const target = apiTrace.target.text;
	const ui = initialState({columns: 80, rows: 24, opened: {target, namespace: 'shop'}});
	const selected = {target, namespace: 'shop', trace: {...apiTrace, paths: [path]}, changes: {}};
	return reconcile({ui, session: {...shop, selected}, now: shop.at, glyphs: unicodeGlyphs, named: String}).hop
		?.kind;
}

test('a break is looked at though lists are still to come', () => {
	expect(hopShown(waiting(apiPath))).toBe('endpoints');
});

test('without a break the first hop is shown until all lists are there', () => {
	const {brokenAt: _, ...undecided} = apiPath;
	expect(hopShown(waiting({...undecided, verdict: 'unknown'}))).toBe('dns');
});
