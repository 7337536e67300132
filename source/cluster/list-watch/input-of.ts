import type {Kind} from '../../model/kinds.ts';
import type {Meta} from '../../model/meta.ts';
import {project} from '../../projection/project.ts';
import {record, text, type Wire} from '../../projection/wire.ts';
import type {WireEvent} from '../codec/codec.ts';
import type {Input} from '../reflector/types.ts';
import {errorOf} from './exchange.ts';
import {failureOf} from './failure-of.ts';

/** An object of a list. Absent for what is no object of the kind (a Table row, a stub): it is passed over. */
export function objectOf(kind: Kind, wire: Wire): Meta | undefined {
	return text(record(wire['metadata'])['name']) === '' ? undefined : project(kind, wire);
}

/** What a watch event means. Absent for one of another kind or an unknown type: it is passed over (client-go). */
export function inputOf(kind: Kind, {type, object}: WireEvent): Input | undefined {
	switch (type) {
		case 'ADDED':
		case 'MODIFIED':
		case 'DELETED':
			return changeOf(type, objectOf(kind, object));
		case 'BOOKMARK':
			return bookmarkOf(record(object['metadata']));
		case 'ERROR':
			return {type: 'failed', failure: failureOf(errorOf(object))};
		default:
			return undefined;
	}
}

function changeOf(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: Meta | undefined): Input | undefined {
	return object && {type: type === 'DELETED' ? 'deleted' : 'applied', object};
}

function bookmarkOf(meta: Wire): Input {
	return {
		type: 'bookmark',
		resourceVersion: text(meta['resourceVersion']),
		// The annotation's value counts, not its presence (meta/v1 InitialEventsAnnotationKey).
		isEndOfInitial: record(meta['annotations'])['k8s.io/initial-events-end'] === 'true',
	};
}
