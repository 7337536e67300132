import {hasAnswer, type Snapshot} from '../model/snapshot.ts';
import {entries} from '../path/walk/entries.ts';
import type {Entry, Trace} from '../path/report.ts';
import {parseTarget} from '../path/target-text.ts';
import {walk} from '../path/walk/walk.ts';
import type {TraceOptions} from '../model/request.ts';

/** The entries of a namespace or of all, and the names of namespaces. */
export type Listing = {
	readonly entries: readonly Entry[];
	readonly namespaces: readonly string[];
	/** False while the kinds that give entries are still to come. */
	readonly known: boolean;
};

export function listEntries(snapshot: Snapshot, namespace: string | undefined): Listing {
	return {
		entries: entries(snapshot, namespace),
		namespaces: snapshot.list('Namespace').map(({name}) => name),
		known: [snapshot.state('Service', namespace), snapshot.state('Ingress', namespace)].every(hasAnswer),
	};
}

/** A target that is looked at, walked in full; or one sentence why it cannot be. */
export type Answer = {readonly trace: Trace} | {readonly error: string};

export type Question = {
	readonly target: string;
	/** Where objects without a namespace are looked for; for URLs the only namespace looked at. */
	readonly namespace?: string;
	readonly traceOptions: TraceOptions;
	/** The namespace where none is named. */
	readonly fallback: string;
};

export function walkTarget(
	snapshot: Snapshot,
	{target, namespace, traceOptions, fallback}: Question,
): Answer {
	const parsed = parseTarget(target, traceOptions.request);
	if ('problem' in parsed) {
		return {error: `${parsed.problem}. ${parsed.next}`};
	}

	const {kind} = parsed.value;
	const scope = kind === 'url' || kind === 'address' ? namespace : (namespace ?? fallback);
	const trace = walk(snapshot, {
		target: parsed.value,
		from: traceOptions.from,
		namespace: scope,
		detail: 'full',
	});
	return trace.paths.length > 0
		? {trace}
		: {error: `There is no ${target}${scope ? ` in namespace ${scope}` : ''}.`};
}
