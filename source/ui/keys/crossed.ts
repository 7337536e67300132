import type {ObjectRef} from '../../model/ref.ts';
import type {EntryRow} from '../../session/state.ts';
import type {Model} from '../model.ts';
import {flash, step, type Step} from './step.ts';

/** Pods that the path leads to (those of its controller are of all paths), and their nodes: whatever else crosses them is one key away. */
export function crossable({path, trace}: Pick<Model, 'path' | 'trace'>): readonly ObjectRef[] {
	const hops = path?.hops.filter(({kind}) => kind !== 'controller') ?? [];
	const details = hops.flatMap(({details: given}) => given ?? []);
	const namespace =
		path?.hops.find(({kind}) => kind === 'service')?.subject?.namespace ?? trace?.target.namespace;
	const pods = details.flatMap((each) => ('pods' in each ? (each.pods ?? []) : []));
	const endpoints = details.flatMap((each) => ('endpoints' in each ? each.endpoints : []));
	const names = [...pods.map(({name}) => name), ...endpoints.flatMap(({pod}) => pod ?? [])];
	const nodes = [...pods, ...endpoints].flatMap(({node}) => node ?? []);
	return [
		...[...new Set(names)].map((name) => ({kind: 'Pod', namespace, name})),
		...[...new Set(nodes)].toSorted().map((name) => ({kind: 'Node', name})),
	];
}

/** A pod that was opened by its name is itself what is asked about. */
export function openedPod({path, trace}: Pick<Model, 'path' | 'trace'>): ObjectRef | undefined {
	return trace?.target.kind === 'pod' ? crossable({path, trace}).find(({kind}) => kind === 'Pod') : undefined;
}

/** Lists the entries whose paths cross a pod or a node. */
export function cross(ref: ObjectRef, {ui}: Pick<Model, 'ui'>): Step {
	return step(
		{...ui, overlay: {kind: 'crossing', filter: '', cursor: 0}},
		{type: 'session', action: {type: 'cross', ref}},
	);
}

export function crossingRows({session}: Pick<Model, 'session'>): readonly EntryRow[] {
	const ids = new Set(session.crossing?.entries);
	return session.entries.filter(({id}) => ids.has(id));
}

/** What stands behind `:crossing`. */
export function crossWord(text: string, model: Model): Step {
	const ref = crossableOf(text, model.session.namespace);
	return ref
		? cross(ref, model)
		: step(flash(model, 'crossing takes node/NAME, pod/NAME or pod/NAMESPACE/NAME', 'degraded'));
}

/** `pod/NAME`, `pod/NAMESPACE/NAME` or `node/NAME`. */
function crossableOf(text: string, namespace: string | undefined): ObjectRef | undefined {
	const [kind, ...names] = text.split('/');
	const name = names.at(-1) ?? '';
	if (name === '' || names.length > (kind === 'pod' ? 2 : 1)) {
		return undefined;
	}

	return kind === 'node'
		? {kind: 'Node', name}
		: kind === 'pod'
			? {kind: 'Pod', namespace: names.length === 2 ? names[0] : namespace, name}
			: undefined;
}
