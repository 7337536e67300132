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
	const parsed = parseAllDocuments(content, {lineCounter, merge: true});
	const documents: readonly Document[] = Array.isArray(parsed) ? parsed : [];
	return documents.map((document) => {
		const error = document.errors[0];
		if (error) {
			const {line} = lineCounter.linePos(error.pos[0]);
			throw new UserError(
				`${name} is not valid YAML at line ${line}: ${reason(error.message)}`,
				'Mend that line, or try kubectl apply --dry-run=client -f on it.',
			);
		}

		return document.toJS({maxAliasCount: countAliases(document) > 100 ? 100 : -1});
	});
}

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

function flatten(value: unknown): readonly Wire[] {
	const object = optionalRecord(value);
	if (!object) {
		return Array.isArray(value) ? value.flatMap(flatten) : [];
	}

	const kind = text(object['kind']);
	if (!kind.endsWith('List') || !Array.isArray(object['items'])) {
		return [object];
	}

	// Items of a typed list carry no kind of their own (`PodList`).
	const itemKind = kind.slice(0, -'List'.length);
	return list(object['items']).flatMap((item) => {
		const wire = optionalRecord(item);
		return wire
			? flatten(itemKind === '' ? wire : {apiVersion: object['apiVersion'], kind: itemKind, ...wire})
			: [];
	});
}
