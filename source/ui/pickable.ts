import type {SessionState} from '../view/state.ts';
import type {Overlay} from './state.ts';

/** One line of a picker. */
export type Choice = {
	readonly key: string;
	/** Absent: all namespaces. */
	readonly name?: string;
	readonly current: boolean;
};

/** What can be picked, narrowed by the filter. */
export function pickable(
	overlay: Extract<Overlay, {typing: boolean}>,
	session: SessionState,
): readonly Choice[] {
	const wanted = overlay.filter.toLowerCase();
	return all(overlay.kind, session).filter(({name}) =>
		(name ?? 'all namespaces').toLowerCase().includes(wanted),
	);
}

function all(kind: 'namespaces' | 'contexts', session: SessionState): readonly Choice[] {
	if (kind === 'contexts') {
		return session.contexts.map(({name, current}) => ({key: name, name, current}));
	}

	const namespaces = session.namespaces.map((name) => ({
		key: name,
		name,
		current: session.namespace === name,
	}));
	return namespaces.length === 0
		? []
		: [{key: ' all', current: session.namespace === undefined}, ...namespaces];
}
