import {recordObjects, recordReads, type Reads} from '../../model/recording-snapshot.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {RequestedSource} from '../../model/request.ts';
import type {Marking} from '../../path/ignore.ts';
import {refText} from '../../model/ref.ts';
import {decidedFrom, type DecidedFrom} from '../../history/decided-from.ts';
import type {Trace} from '../../path/report.ts';
import {verdictSince} from '../../path/verdict-since.ts';
import type {Selected, Since} from '../state.ts';
import {hopChanges} from './hop-changes.ts';
import {reuse} from '../reuse.ts';
import {tracked, type Tracked} from './tracked.ts';
import {walkTarget, type Answer, type Question} from './walks.ts';

/** The target that is looked at, walked in full and kept up to date, and what it was decided from: absent before the first walk. */
export type SelectedTrace = {readonly selected: Selected; readonly decided?: DecidedFrom};

export type Marks = {
	readonly mark: Marking;
	/** The hops of each path that a test would send something to. */
	readonly testable?: (trace: Trace) => Selected['testable'];
};

/** `from`: where the person chose it for this target alone. */
export function selectedTrace(
	{mark, testable, ...question}: Question & Marks,
	from?: RequestedSource,
): Tracked<SelectedTrace> {
	const {target, namespace} = question;
	const first: SelectedTrace = {selected: {target, namespace, from, changes: {}}};
	return tracked(first, (snapshot, {selected: before}, plain) => {
		const looked = recordObjects(snapshot);
		const {snapshot: seen, reads} = recordReads(looked.snapshot);
		const answer = marked(walkTarget(seen, question, plain), (paths) => mark(paths, plain));
		const selected = reuse(before, {
			...next(before, answer, plain),
			testable: 'trace' in answer ? testable?.(answer.trace) : undefined,
		});
		return {selected, decided: decidedBy(selected, {snapshot: plain, looked: looked.objects, reads})};
	});
}

function marked(answer: Answer, mark: (paths: Trace['paths']) => Trace['paths']): Answer {
	return 'trace' in answer ? {trace: {...answer.trace, paths: mark(answer.trace.paths)}} : answer;
}

/** Objects that a path names, and those that were looked up for it. */
function decidedBy(
	{trace}: Selected,
	from: {readonly snapshot: Snapshot; readonly looked: ReadonlySet<string>; readonly reads: Reads},
): DecidedFrom {
	const hops = trace?.paths.flatMap((path) => path.hops) ?? [];
	const subjects = hops.flatMap(({subject}) => subject ?? []);
	const evidence = hops.flatMap(({findings}) => findings).flatMap((finding) => finding.evidence);
	return decidedFrom(from.snapshot, {
		...from,
		named: [...subjects.map(refText), ...evidence.map(({object}) => object)],
		namespaces: new Set(subjects.flatMap(({namespace}) => namespace ?? [])),
	});
}

function next(before: Selected, answer: Answer, snapshot: Snapshot): Selected {
	const {target, namespace, from} = before;
	const base = {target, namespace, from};
	return 'error' in answer
		? {...base, error: answer.error, changes: {}}
		: {
				...base,
				trace: answer.trace,
				changes: hopChanges(before.trace, answer.trace, before.changes, snapshot.now),
				since: sinceOfPaths(before, answer.trace, snapshot),
			};
}

/** A changed verdict holds since now; otherwise the earlier time stays, or the one that objects give. */
function sinceOfPaths(
	{trace: before, since = {}}: Selected,
	{paths}: Trace,
	snapshot: Snapshot,
): Selected['since'] {
	const times = paths.map((path, position): readonly [string, Since | undefined] => {
		const was = before?.paths[position];
		const known = since[position];
		const isSame = was?.title === path.title && was.verdict === path.verdict;
		const isSeen = was?.title === path.title && was.verdict !== path.verdict && was.verdict !== 'unknown';
		if (isSeen) {
			return [String(position), {at: snapshot.now, by: 'seen'}];
		}

		const at = isSame && known?.by === 'seen' ? known.at : verdictSince(path, snapshot);
		return [
			String(position),
			at === undefined ? undefined : {at, by: isSame && known ? known.by : 'conditions'},
		];
	});
	return Object.fromEntries(times.filter(([, each]) => each !== undefined)) as Selected['since'];
}
