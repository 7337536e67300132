import type {Snapshot} from '../../model/snapshot.ts';
import type {Source} from '../../model/request.ts';
import type {Verdict} from '../hop.ts';
import type {Path} from '../report.ts';
import type {UrlTarget} from '../target.ts';
import {answersOf, notKnown} from './answers-of.ts';
import {frontendPaths} from './frontends/frontend-paths.ts';
import {frontendsOf} from './targets/walk-url.ts';
import type {Frontend} from './frontends/frontend.ts';
import {verdictOfAll} from './verdict.ts';

/** Who serves a URL, and what a client gets there. */
export type Front = {
	/** `Ingress class nginx`, `Gateway shop/gw`. */
	readonly name: string;
	readonly controller?: string;
	readonly addresses: readonly string[];
	readonly rule?: string;
	/** One for each way that requests take there. */
	readonly answers: readonly string[];
	readonly verdict: Verdict;
	readonly paths: readonly Path[];
};

export type Comparison = {
	readonly target: {readonly kind: string; readonly text: string; readonly namespace?: string};
	readonly from: Source;
	/** `unknown`: what one of them answers is not known. */
	readonly result: 'same' | 'differs' | 'one-front' | 'no-front' | 'unknown';
	readonly fronts: readonly Front[];
};

type CompareOptions = {
	readonly target: UrlTarget;
	/** Default: outside. */
	readonly from?: Source;
	readonly namespace?: string;
};

/** Every frontend that names the host of a URL, also one without a rule for the path: side by side, for a migration. */
export function compareUrl(
	snapshot: Snapshot,
	{target, from = {kind: 'external'}, namespace}: CompareOptions,
): Comparison {
	const context = {snapshot, from, namespace, detail: 'full'} as const;
	const fronts = frontendsOf(context, target).map((frontend) => frontOf(frontend, target.text));
	return {
		target: {kind: target.kind, text: target.text, namespace},
		from,
		result: resultOf(fronts),
		fronts,
	};
}

function frontOf(frontend: Frontend, title: string): Front {
	const paths = frontendPaths(title, frontend);
	return {
		name: frontend.name,
		controller: frontend.controller?.implementation,
		addresses: addressesOf(paths),
		rule: frontend.routeHop.hop.details?.matched && frontend.routeHop.hop.summary,
		answers: answersOf(paths),
		verdict: verdictOfAll(paths) ?? 'unknown',
		paths,
	};
}

function addressesOf([path]: readonly Path[]): readonly string[] {
	const hop = path?.hops.find(({kind}) => kind === 'load-balancer');
	return hop?.details && 'addresses' in hop.details ? hop.details.addresses.map(String) : [];
}

function resultOf(fronts: readonly Front[]): Comparison['result'] {
	const [first, ...others] = fronts;
	if (!first || others.length === 0) {
		return first ? 'one-front' : 'no-front';
	}

	if (fronts.some(({answers}) => answers.includes(notKnown))) {
		return 'unknown';
	}

	return others.some(({answers}) => answers.join('\n') !== first.answers.join('\n')) ? 'differs' : 'same';
}
