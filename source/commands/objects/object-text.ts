import {parseDocument, stringify} from 'yaml';
import type {ObjectReader} from '../../cluster/object-reader.ts';
import type {Kind} from '../../model/kinds.ts';
import {safe} from '../../model/safe-text/safe.ts';
import {record, text, type Wire} from '../../projection/wire.ts';
import type {ObjectLook, ObjectText} from '../../session/object-look.ts';
import {dayText} from '../../view/text/clock-text.ts';
import {describeLines} from './describe-lines.ts';
import {linesOfField} from './lines-of-field.ts';
import {shownObject} from './shown-object.ts';

/** What is shown of an object: its YAML with the fields that decided marked, its events, or the log of its container. */
export function objectTextOf(reader: ObjectReader): (look: ObjectLook) => Promise<ObjectText> {
	return async (look) => {
		const {kind, namespace = '', name} = look.ref;
		switch (look.what) {
			case 'yaml': {
				const object = await reader.object(kind as Kind, namespace, name);
				return object
					? yamlOf(shownObject(object), look.fields)
					: {lines: ['It is not there any more.'], marked: []};
			}

			case 'describe': {
				const object = await reader.object(kind as Kind, namespace, name);
				const events = object ? await reader.events(kind, namespace, name) : [];
				return object
					? {lines: describeLines(shownObject(object), events.map(eventLine)), marked: []}
					: {lines: ['It is not there any more.'], marked: []};
			}

			case 'events': {
				const events = await reader.events(kind, namespace, name);
				return {
					lines: events.length === 0 ? ['There are no events about it.'] : events.map(eventLine),
					marked: [],
				};
			}

			case 'log': {
				const log = await reader.log({namespace, name, container: look.container, previous: look.previous});
				const lines = log.split(/\r?\n/u).map(safe);
				return {lines: lines.at(-1) === '' ? lines.slice(0, -1) : lines, marked: []};
			}
		}
	};
}

function yamlOf(object: Wire, fields: readonly string[]): ObjectText {
	const source = stringify(object, {lineWidth: 0, aliasDuplicateObjects: false});
	const document = parseDocument(source);
	const marked = fields.flatMap((field) => linesOfField(document, source, field));
	return {
		lines: source.trimEnd().split('\n').map(safe),
		marked: [...new Set(marked)].toSorted((a, b) => a - b),
	};
}

/** As kubectl describe prints them: when last, how often, why. The time is that of the clock on the screen. */
export function eventLine(event: Wire): string {
	const series = record(event['series']);
	const at = text(series['lastObservedTime']) || text(event['lastTimestamp']) || text(event['eventTime']);
	const count = Number(series['count'] ?? event['count'] ?? 1);
	const times = count > 1 ? ` (${count} times)` : '';
	return safe(
		`${dayText(at)}  ${text(event['type'])}  ${text(event['reason'])}${times}  ${text(event['message'])}`,
	);
}
