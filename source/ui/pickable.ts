import type {SessionState} from '../session/state.ts';
import type {PickerOverlay} from './state.ts';

/** One line of a picker. */
export type Choice = {
	/** Absent: all namespaces. */
	readonly name?: string;
	readonly current: boolean;
	/** A context's cluster and namespace. */
	readonly note?: string;
};

/** What can be picked, narrowed by the filter. */
export function pickable({kind, filter}: PickerOverlay, session: SessionState): readonly Choice[] {
	const wanted = filter.toLowerCase();
	return choices(kind, session).filter(({name}) => (name ?? 'all namespaces').toLowerCase().includes(wanted));
}

function choices(kind: PickerOverlay['kind'], session: SessionState): readonly Choice[] {
	if (kind === 'contexts') {
		return session.contexts.map(({name, cluster, namespace, current}) => ({
			name,
			current,
			note: [cluster === name ? '' : cluster, namespace].filter(Boolean).join('  '),
		}));
	}

	const namespaces = session.namespaces.map((name) => ({name, current: session.namespace === name}));
	return namespaces.length === 0 ? [] : [{current: session.namespace === undefined}, ...namespaces];
}

/** A picker with its cursor on what is chosen now. */
export function openPicker(kind: PickerOverlay['kind'], session: SessionState): PickerOverlay {
	const overlay = {kind, filter: '', cursor: 0};
	const current = pickable(overlay, session).findIndex(({current}) => current);
	return {...overlay, cursor: Math.max(0, current)};
}
