import {isAlias, LineCounter, parseAllDocuments, visit, type Document} from 'yaml';
import {UserError} from '../../errors.ts';
import {list, optionalRecord, text, type Wire} from '../../projection/wire.ts';

/**
Reads manifests or dumps: multi-document YAML, JSON, `List` objects. Throws `UserError` with the line of what cannot be
read; never quotes the content, which may be a Secret's.
*/
export function parseObjects(content: string, name: string): readonly Wire[] {
	const trimmed = content.trimStart();
	const documents = trimmed.startsWith('{') ? parseJson(content, name) : parseYaml(content, name);
	return documents.flatMap(flatten);
}

function parseJson(content: string, name: string): readonly unknown[] {
	try {
		return [JSON.parse(content)];
	} catch {
		// Several JSON documents in a row, or JSON with comments, are YAML flow style.
		return parseYaml(content, name);
	}
}

function parseYaml(content: string, name: string): readonly unknown[] {
	const lineCounter = new LineCounter();
	return documentsOf(content, {name, lineCounter}).map((document) => {
		const error = document.errors[0];
		if (error) {
			const {line} = lineCounter.linePos(error.pos[0]);
			throw new UserError(
				`${name} is not valid YAML at line ${line}: ${reason(error.message)}`,
				'Mend that line, or try kubectl apply --dry-run=client -f on it.',
			);
		}

		const start = lineCounter.linePos(document.range[0]).line;
		return valueOf(document, `${name}, in the document at line ${start},`);
	});
}

type Place = {readonly name: string; readonly lineCounter: LineCounter};

function documentsOf(content: string, {name, lineCounter}: Place): readonly Document.Parsed[] {
	try {
		const parsed = parseAllDocuments(content, {lineCounter, merge: true});
		return Array.isArray(parsed) ? parsed : [];
	} catch {
		// The parser calls itself for what is nested: the stack ends.
		throw new UserError(`${name} cannot be read: it is nested too deep.`, asDump);
	}
}

/** Aliases are followed here: some lead nowhere, to themselves, or to more than there is memory for. */
function valueOf(document: Document.Parsed, place: string): unknown {
	try {
		return document.toJS({maxAliasCount: countAliases(document) > 100 ? 100 : -1});
	} catch {
		throw new UserError(`${place} has aliases or merge keys that cannot be followed.`, asDump);
	}
}

const asDump = 'Write it without, or give a dump: kubectl get ... -o yaml has none.';

function countAliases(document: Document): number {
	let aliases = 0;
	visit(document, (_, node) => {
		aliases += isAlias(node) ? 1 : 0;
	});
	return aliases;
}

/** The first line of the parser's words, without the excerpt of the content that follows. */
function reason(message: string): string {
	return (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/u, '');
}

/** The objects of a document, in order. Lists may hold lists: not by recursion, as a file nests them as deep as it likes. */
function flatten(document: unknown): readonly Wire[] {
	const objects: Wire[] = [];
	const open: unknown[] = [document];
	while (open.length > 0) {
		const value = open.pop();
		const object = optionalRecord(value);
		const items = object ? itemsOf(object) : list(value);
		if (object && !items) {
			objects.push(object);
		}

		open.push(...(items ?? []).toReversed());
	}

	return objects;
}

/** What a `List` holds; undefined for any other object. Items of a typed list carry no kind of their own (`PodList`). */
function itemsOf(object: Wire): readonly unknown[] | undefined {
	const kind = text(object['kind']);
	if (!kind.endsWith('List') || !Array.isArray(object['items'])) {
		return undefined;
	}

	const itemKind = kind.slice(0, -'List'.length);
	return list(object['items']).flatMap((item) => {
		const wire = optionalRecord(item);
		return wire ? [itemKind === '' ? wire : {apiVersion: object['apiVersion'], kind: itemKind, ...wire}] : [];
	});
}
