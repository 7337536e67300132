import type {ObjectRef} from '../../model/ref.ts';
import {record, text, type Wire} from '../../projection/wire.ts';
import type {FilePosition, PositionOf} from '../../view/report/found.ts';

type FilePositions = {add(wire: Wire, position: FilePosition): void; readonly of: PositionOf};

/** Remembers where objects stand in files. */
export function createFilePositions(): FilePositions {
	const positions = new Map<string, FilePosition>();
	return {
		add({kind, metadata}, position) {
			const {namespace, name} = record(metadata);
			positions.set(keyOf({kind: text(kind), namespace: text(namespace), name: text(name)}), position);
		},
		// A manifest without a namespace is read as one of `default`.
		of: (ref) =>
			positions.get(keyOf(ref)) ??
			(ref.namespace === 'default' ? positions.get(keyOf({...ref, namespace: ''})) : undefined),
	};
}

function keyOf({kind, namespace = '', name}: ObjectRef): string {
	return `${kind}/${namespace}/${name}`;
}
