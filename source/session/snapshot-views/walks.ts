import {hasAnswer, isKnown, type Snapshot} from '../../model/snapshot.ts';
import {entries} from '../../path/walk/entries.ts';
import type {Entry, Trace} from '../../path/report.ts';
import {missingTarget, type Missing} from '../../path/missing-target.ts';
import {parseTarget} from '../../path/target-text.ts';
import {walk} from '../../path/walk/walk.ts';
import {kindsThat, type Kind} from '../../model/kinds.ts';
import type {EntryRow} from '../state.ts';
import type {TraceOptions} from '../../model/request.ts';

/** The entries of a namespace or of all, and the names of namespaces. */
export type Listing = {
	readonly entries: readonly Entry[];
	readonly namespaces: readonly string[];
	/** False while the kinds that give entries are still to come. */
	readonly known: boolean;
};

export function listEntries(snapshot: Snapshot, namespace: string | undefined): Listing {
	return {
		entries: entries(snapshot, namespace).map((entry) => withLabels(entry, snapshot)),
		namespaces: snapshot.list('Namespace').map(({name}) => name),
		known: [snapshot.state('Service', namespace), snapshot.state('Ingress', namespace)].every(hasAnswer),
	};
}

/** Requests should start from a pod that is not there: nothing can be said. */
export function missingSource(snapshot: Snapshot, {from}: TraceOptions): string | undefined {
	return from?.kind === 'pod' &&
		!snapshot.get('Pod', from.namespace, from.name) &&
		isKnown(snapshot.state('Pod', from.namespace))
		? `There is no pod ${from.namespace}/${from.name} to make requests from.`
		: undefined;
}

/** For the filter by labels: those of the object that the entry was made of. */
function withLabels(entry: Entry, snapshot: Snapshot): Entry & Pick<EntryRow, 'labels'> {
	const {kind, namespace = '', name} = entry.subject;
	const labels = isKind(kind) ? snapshot.get(kind, namespace, name)?.labels : undefined;
	return labels && Object.keys(labels).length > 0 ? {...entry, labels} : entry;
}

/** A target that is looked at, walked in full; or one sentence why it cannot be. */
export type Answer = {readonly trace: Trace} | {readonly error: string};

export type Question = {
	readonly target: string;
	/** Where objects without a namespace are looked for; for URLs the namespace whose rules are looked at first. */
	readonly namespace?: string;
	readonly traceOptions: TraceOptions;
	/** The namespace where none is named. */
	readonly fallback: string;
};

/** `plain`: the same objects, of which no reads are recorded: names that may be meant are no reason to open lists. */
export function walkTarget(
	snapshot: Snapshot,
	{target, namespace, traceOptions, fallback}: Question,
	plain = snapshot,
): Answer {
	const parsed = parseTarget(target, traceOptions.request);
	if ('problem' in parsed) {
		return {error: `${parsed.problem}. ${parsed.next}`};
	}

	const missing = missingSource(snapshot, traceOptions);
	if (missing) {
		return {error: missing};
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
		: {error: missingText(missingTarget(plain, parsed.value, namespace ?? fallback))};
}

function missingText({message, next, elsewhere}: Missing): string {
	const hint = elsewhere ? `There is one in namespace ${elsewhere}: :ns ${elsewhere} lists it.` : next;
	return `${message} ${hint}`;
}

const kinds: ReadonlySet<string> = new Set(kindsThat(() => true));

function isKind(kind: string): kind is Kind {
	return kinds.has(kind);
}
