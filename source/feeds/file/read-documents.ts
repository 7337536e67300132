import {CORE_SCHEMA, load, mergeTag, YAMLException} from 'js-yaml';
import {list, optionalRecord, text, type Wire} from '../../projection/wire.ts';
import {documentsOf, lineCounter, type DocumentText} from './documents.ts';
import {Malformed} from './malformed.ts';

/** Why a document cannot be read. `text`: one sentence that quotes nothing of the document, which may be a Secret. */
export type Fault = {readonly is: 'no-text' | 'template' | 'malformed'; readonly text: string};

// To YAML a log of 150 MB is one scalar, and reading it takes seconds. A text without the word `kind` holds no object.
const large = 2 ** 20;

/**
Reads manifests or dumps: documents of YAML or JSON, lists, lists in lists. Gives one object after the other, in order, and
returns a fault for each document that cannot be read. `line`: where the object, or the list that holds it, begins.
*/
export function readDocuments(
	content: string,
	name: string,
	take: (wire: Wire, line: number) => void,
): readonly Fault[] {
	if (content.slice(0, 10_000).includes('\0')) {
		return [{is: 'no-text', text: `${name} is neither text nor an archive that knet reads (tar, gzip).`}];
	}

	if (content.length > large && !content.includes('kind')) {
		return [];
	}

	const faults: Fault[] = [];
	for (const document of documentsOf(content)) {
		for (const part of partsOf(document)) {
			const attempt = (read: () => void): void => {
				try {
					read();
				} catch (error) {
					faults.push(faultOf(error, part, name));
				}
			};
			attempt(() => {
				// Once: a list of thousands of items is one text.
				const line = part.line + emptyLines(part);
				// One item that cannot be taken hides none of the others.
				flatten(part.value(), (wire) => attempt(() => take(wire, line)));
			});
		}
	}

	return faults;
}

/** Lines before the first that says something. */
function emptyLines({text: source}: Part): number {
	const first = /^[^\S\n]*[^\s#]/mu.exec(source)?.index ?? 0;
	return source.slice(0, first).split('\n').length - 1;
}

type Part = Pick<DocumentText, 'line' | 'number' | 'text' | 'isCut'> & {readonly value: () => unknown};

/** The text ends before what it holds does. */
class CutOff extends Error {}

function partsOf(document: DocumentText): Iterable<Part> {
	const {text: source, format, isCut} = document;
	if (format === 'yaml') {
		return itemsOfYaml(document) ?? [{...document, value: () => wholeList(parseYaml(source))}];
	}

	return [{...document, value: () => parseJson(source, isCut === true)}];
}

const schema = CORE_SCHEMA.withTags(mergeTag);

/** Aliases share what they stand for. With many of them, in lists of lists, an object would still never end. */
const maxAliases = 200;

function parseYaml(source: string): unknown {
	return load(source, {schema, maxAliases});
}

/** kubectl writes `kind: List` behind the items. */
function wholeList(value: unknown): unknown {
	const object = optionalRecord(value);
	if (object && Array.isArray(object['items']) && object['kind'] === undefined && 'apiVersion' in object) {
		throw new CutOff();
	}

	return value;
}

function parseJson(source: string, isCut: boolean): unknown {
	try {
		return JSON.parse(source);
	} catch (error) {
		if (isCut) {
			throw error;
		}

		// JSON with comments, or with a comma too many, is YAML.
		try {
			return parseYaml(source);
		} catch {
			throw error;
		}
	}
}

/**
The items of a list as kubectl prints it, each parsed alone; undefined where the document is no such list. An anchor may be
used in another item: then the list is one document.
*/
function itemsOfYaml({text: source, line, number}: DocumentText): readonly Part[] | undefined {
	const head = /^items:[ \t]*\n(?<indent> *)(?=- )/mu.exec(source);
	if (!head || /(?:^|[\s,[{])[&*]\w/u.test(source)) {
		return undefined;
	}

	// kubectl does not indent the items; other tools do.
	const indent = head.groups?.['indent'] ?? '';
	const start = head.index + head[0].length - indent.length;
	const after = indent === '' ? /^(?![-\s#]|$)/gmu : /^(?![\s#]|$)/gmu;
	after.lastIndex = start;
	const end = after.exec(source)?.index ?? source.length;
	const frame = frameOf(`${source.slice(0, start)}\n${source.slice(end)}`);
	return (
		frame &&
		[...itemTexts(source, {start, end, indent})].map((item) => ({
			text: item.text,
			line: line + item.line - 1,
			number,
			value: () => ({...frame, items: parseYaml(item.text)}),
		}))
	);
}

function frameOf(source: string): Wire | undefined {
	try {
		const frame = optionalRecord(parseYaml(source));
		return frame && text(frame['kind']).endsWith('List') ? frame : undefined;
	} catch {
		return undefined;
	}
}

function* itemTexts(
	source: string,
	{start: from, end, indent}: {readonly start: number; readonly end: number; readonly indent: string},
): Iterable<{readonly text: string; readonly line: number}> {
	const lineAt = lineCounter(source);
	for (let start = from; start < end;) {
		const next = source.indexOf(`\n${indent}- `, start);
		const stop = next === -1 || next >= end ? end : next + 1;
		yield {text: source.slice(start, stop), line: lineAt(start)};
		start = stop;
	}
}

function faultOf(error: unknown, part: Part, name: string): Fault {
	const template = isCutOff(error, part) ? undefined : templateLine(part.text, error);
	return template === undefined
		? {is: 'malformed', text: `${name} ${malformation(error, part)}`}
		: {is: 'template', text: `${name} is a template, not YAML: it has {{ ${placeIn(part, template)}.`};
}

function isCutOff(error: unknown, {isCut}: Part): boolean {
	return isCut === true || error instanceof CutOff;
}

function malformation(error: unknown, part: Part): string {
	const {line, text: source} = part;
	if (isCutOff(error, part)) {
		const last = source.trimEnd().split('\n').length - 1;
		return `ends too early ${placeIn(part, last)}: what begins at line ${line} is cut off.`;
	}

	if (error instanceof Malformed) {
		return `is not read ${placeIn(part, 0)}: ${error.message}.`;
	}

	if (error instanceof YAMLException) {
		return `is not valid YAML ${placeIn(part, error.mark?.line ?? 0)}: ${reasonOf(error.reason)}`;
	}

	const position = /at position (\d+)/u.exec(String(error))?.[1];
	const offset = position === undefined ? 0 : lineCounter(source)(Number(position)) - 1;
	return error instanceof SyntaxError
		? `is not valid JSON ${placeIn(part, offset)}.`
		: `cannot be read ${placeIn(part, 0)}: it is nested too deep.`;
}

/** `offset`: lines below the first of the part. */
function placeIn({line, number}: Part, offset: number): string {
	return `at line ${line + offset}${number > 1 ? `, in document ${number}` : ''}`;
}

/** The line of a `{{` that stands where a value or a key begins. The parser stops there or one line below, or names no place at all. */
function templateLine(source: string, error: unknown): number | undefined {
	if (!(error instanceof YAMLException)) {
		return source.startsWith('{{') ? 0 : undefined;
	}

	const lines = source.split('\n');
	const isBare = (line = ''): boolean => /(?:^|[:,[{-])\s*\{\{/u.test(line);
	if (error.reason.includes('complex keys')) {
		const first = lines.findIndex((line) => isBare(line));
		return first === -1 ? undefined : first;
	}

	const stop = error.mark?.line ?? 0;
	return [stop, stop - 1].find((line) => isBare(lines[line]));
}

function reasonOf(reason: string): string {
	if (reason.startsWith('unidentified alias')) {
		return "a value that begins with * is an alias; write it in quotes, such as '*.example.com'.";
	}

	return reason.startsWith('aliases exceeded') || reason.startsWith('merge keys exceeded')
		? 'it has more aliases or merge keys than knet follows.'
		: `${reason.replaceAll(/"[^"]*"|<[^>]*>/gu, '…')}.`;
}

/** Lists may hold lists: not by recursion, as a file nests them as deep as it likes. */
function flatten(document: unknown, take: (wire: Wire) => void): void {
	const open: unknown[] = [document];
	let hasOther = false;
	// Aliases may give one list many times, and within itself.
	const seen = new Set<unknown>();
	while (open.length > 0) {
		const value = open.pop();
		const object = optionalRecord(value);
		const items = object ? itemsOf(object) : list(value);
		const source = object ? object['items'] : value;
		if (object && !items) {
			take(object);
		} else if (!object && !Array.isArray(value)) {
			hasOther ||= value !== null && value !== undefined;
		} else if (items && !seen.has(source)) {
			seen.add(source);
			open.push(...items.toReversed());
		}
	}

	if (hasOther) {
		// Text, or a list of texts: it counts once, as an object without a kind.
		take({});
	}
}

/**
What a `List` holds; undefined for any other object. Items of a typed list carry no kind of their own (`PodList`). A typed
list without items says that there are none: it stays, for whoever counts kinds.
*/
function itemsOf(object: Wire): readonly unknown[] | undefined {
	const kind = text(object['kind']);
	if (!kind.endsWith('List') || !Array.isArray(object['items'])) {
		return undefined;
	}

	const items = list(object['items']);
	const itemKind = kind.slice(0, -'List'.length);
	if (itemKind === '') {
		return items;
	}

	return items.length === 0
		? undefined
		: items.flatMap((item) => {
				const wire = optionalRecord(item);
				return wire ? [{apiVersion: object['apiVersion'], kind: itemKind, ...wire}] : [];
			});
}
