import type {ObjectRef} from '../../model/ref.ts';
import {record, text, type Wire} from '../../projection/wire.ts';
import type {Place, PlaceOf} from '../../view/report/found.ts';

type Places = {add(wire: Wire, place: Place): void; readonly of: PlaceOf};

/** Remembers where objects stand in files. */
export function createPlaces(): Places {
	const places = new Map<string, Place>();
	return {
		add({kind, metadata}, place) {
			const {namespace, name} = record(metadata);
			places.set(keyOf({kind: text(kind), namespace: text(namespace), name: text(name)}), place);
		},
		// A manifest without a namespace is read as one of `default`.
		of: (ref) =>
			places.get(keyOf(ref)) ??
			(ref.namespace === 'default' ? places.get(keyOf({...ref, namespace: ''})) : undefined),
	};
}

function keyOf({kind, namespace = '', name}: ObjectRef): string {
	return `${kind}/${namespace}/${name}`;
}
