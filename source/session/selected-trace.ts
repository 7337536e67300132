import {hopChanges} from './hop-changes.ts';
import {reuse} from './reuse.ts';
import type {Selected} from './state.ts';
import {tracked, type Tracked} from './tracked.ts';
import {walkTarget, type Question} from './walks.ts';

/** The target that is looked at, walked in full and kept up to date. */
export function selectedTrace(question: Question): Tracked<Selected> {
	const {target, namespace} = question;
	return tracked<Selected>({target, namespace, changes: {}}, (snapshot, before) =>
		reuse(before, next(before, walkTarget(snapshot, question), snapshot.now)),
	);
}

function next(before: Selected, answer: ReturnType<typeof walkTarget>, now: number): Selected {
	const {target, namespace} = before;
	const base = {target, namespace};
	return 'error' in answer
		? {...base, error: answer.error, changes: {}}
		: {...base, trace: answer.trace, changes: hopChanges(before.trace, answer.trace, before.changes, now)};
}
