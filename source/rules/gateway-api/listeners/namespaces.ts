import type {AllowedNamespaces} from '../../../model/routes/gateway.ts';
import {matchesSelector} from '../../../model/matching/label-selector.ts';
import {lookup, type KindState, type Snapshot} from '../../../model/snapshot.ts';

/** apis/v1 RouteNamespaces, ListenerNamespaces: `Selector` reads the labels of the other object's Namespace. */
export function admitsNamespace(
	snapshot: Snapshot,
	{from, selector}: AllowedNamespaces,
	{own, other}: {readonly own: string; readonly other: string},
): boolean | KindState {
	switch (from) {
		case 'All':
			return true;
		case 'None':
			return false;
		case 'Same':
			return other === own;
		case 'Selector': {
			// An absent LabelSelector selects nothing (meta/v1 LabelSelectorAsSelector).
			if (!selector) {
				return false;
			}

			const found = lookup(snapshot, 'Namespace', '', other);
			const labels = 'found' in found ? found.found.labels : {};
			// The API server puts this label on every Namespace (KEP-2161).
			const matches = matchesSelector(selector, {...labels, [nameLabel]: other});
			const keys = [...Object.keys(selector.matchLabels), ...selector.matchExpressions.map(({key}) => key)];
			return 'unknown' in found && keys.some((key) => key !== nameLabel) ? found.unknown : matches;
		}
	}
}

const nameLabel = 'kubernetes.io/metadata.name';
