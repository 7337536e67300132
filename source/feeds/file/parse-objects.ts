import {UserError} from '../../errors.ts';
import type {Wire} from '../../projection/wire.ts';
import {readDocuments} from './read-documents.ts';

/** The objects of a text that should be without a fault. Throws `UserError` with the line of the first one. */
export function parseObjects(content: string, name: string): readonly Wire[] {
	const objects: Wire[] = [];
	const [fault] = readDocuments(content, name, (wire) => objects.push(wire));
	if (fault) {
		throw new UserError(fault.text);
	}

	return objects;
}
