import {text} from '../../projection/wire.ts';

/** Bytes of an object that is too large that are kept, for its name. */
export const beginning = 64 * 1024;

// Typed objects begin with their metadata, and that with name and namespace; custom ones sort their keys, and may have
// annotations first. Only strings are read: a name that does not come before 64 KiB stays unknown.
const start = /^\s*\{\s*(?:"(?:apiVersion|kind)"\s*:\s*"[^"\\]*"\s*,\s*)*"metadata"\s*:\s*\{/u;

/** A string, perhaps as a key; a bracket; or a string that the end cut. */
const tokens = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}[\]]|"/gsu;

/** The name that an object in JSON begins with, as far as that can be read. */
export function nameInJson(bytes: Uint8Array): {readonly namespace: string; readonly name: string} {
	const json = Buffer.from(bytes).toString('utf8');
	const opened = start.exec(json)?.[0];
	const found = opened === undefined ? {} : stringsOf(json.slice(opened.length));
	return {namespace: text(found['namespace']), name: text(found['name'])};
}

/** Strings directly in the object that is open; what is nested is passed over. */
function stringsOf(json: string): Readonly<Record<string, string>> {
	const found: Record<string, string> = {};
	let depth = 1;
	let key = '';
	for (const [token, string, colon] of json.matchAll(tokens)) {
		if (token === '"' || depth === 0) {
			break;
		}

		if (string === undefined) {
			depth += token === '{' || token === '[' ? 1 : -1;
		} else if (depth === 1 && colon !== undefined) {
			key = string;
		} else if (depth === 1) {
			found[key] = string;
		}
	}

	return found;
}
