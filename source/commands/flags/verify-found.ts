import {UserError} from '../../errors.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {nearest} from '../../path/nearest.ts';
import type {Trace} from '../../path/report.ts';
import {
	missingObject,
	missingTarget,
	withoutPods,
	type Missing,
	type MissingObject,
} from '../../path/missing-target.ts';
import type {OpenSource} from '../data-source/source.ts';
import {inhabitants} from './inhabitants.ts';
import type {Question} from './question.ts';
import type {RequestedSource} from '../../model/request.ts';
import {workloadPods} from '../../rules/workload-pods.ts';

/** A namespace that does not exist is bad input: says so, with the nearest name. */
export function verifyNamespace(namespace: string | undefined, source: OpenSource): void {
	const snapshot = source.reader.snapshot(Date.now());
	const isListed = source.source === 'file' || isKnown(snapshot.state('Namespace'));
	if (namespace === undefined || !isListed || exists(snapshot, namespace)) {
		return;
	}

	const names = [
		...snapshot.list('Namespace').map(({name}) => name),
		...inhabitants.flatMap((kind) => snapshot.list(kind).map((object) => object.namespace)),
	];
	const [like] = nearest(namespace, names);
	throw new UserError(
		isKnown(snapshot.state('Namespace'))
			? `There is no namespace ${namespace}.`
			: `The input holds no object of namespace ${namespace}.`,
		like ? `Did you mean ${like}?` : 'knet scan -A looks at all of them.',
	);
}

function exists(snapshot: Snapshot, namespace: string): boolean {
	return (
		snapshot.get('Namespace', '', namespace) !== undefined ||
		inhabitants.some((kind) => snapshot.list(kind, namespace).length > 0)
	);
}

/** A target, source or namespace that does not exist is bad input: says so, with the nearest name. */
export function verifyFound({target, from, namespace}: Question, {paths}: Trace, source: OpenSource): void {
	const snapshot = source.reader.snapshot(Date.now());
	const fallback = namespace ?? source.namespace;
	verifySource(from, source);
	if (paths.length === 0) {
		verifyNamespace('namespace' in target ? (target.namespace ?? fallback) : namespace, source);
		throw refused(missingTarget(snapshot, target, fallback));
	}

	verifyNamespace(namespace, source);
}

/** A pod, workload or node that a request should start from, and that does not exist. */
export function verifySource(from: RequestedSource | undefined, source: OpenSource): void {
	const snapshot = source.reader.snapshot(Date.now());
	if (from?.kind === 'workload' && workloadPods(snapshot, from).length === 0) {
		verifyNamespace(from.namespace, source);
		throw refused(withoutPods(snapshot, from));
	}

	if (from?.kind === 'pod') {
		verifyPod(from, source);
	}

	if (from?.kind === 'node' && from.name !== undefined) {
		verifyObject(snapshot, {kind: 'Node', namespace: '', name: from.name});
	}
}

/** A namespace that is not there is said before the pod that cannot be in it. */
function verifyPod(
	{namespace, name}: {readonly namespace: string; readonly name: string},
	source: OpenSource,
): void {
	const snapshot = source.reader.snapshot(Date.now());
	if (!snapshot.get('Pod', namespace, name)) {
		verifyNamespace(namespace, source);
	}

	verifyObject(snapshot, {kind: 'Pod', namespace, name});
}

function verifyObject(snapshot: Snapshot, wanted: MissingObject): void {
	const {kind, namespace, name} = wanted;
	if (isKnown(snapshot.state(kind, namespace || undefined)) && !snapshot.get(kind, namespace, name)) {
		throw refused(missingObject(snapshot, wanted));
	}
}

function refused({message, next, elsewhere}: Missing): UserError {
	return new UserError(
		message,
		elsewhere ? `There is one in namespace ${elsewhere}: add -n ${elsewhere}.` : next,
	);
}
