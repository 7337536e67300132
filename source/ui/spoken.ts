import type {Hop} from '../path/hop.ts';
import {mainFinding} from '../path/main-finding.ts';
import type {Path} from '../path/report.ts';
import type {EntryRow} from '../session/state.ts';
import {noteOf} from '../view/entries/entry-note.ts';
import {freshnessOf, isForbidden} from '../view/freshness.ts';
import {isRootCause} from '../view/hop-line.ts';
import {linesInAscii} from '../view/text/ascii.ts';
import {plainText} from '../view/text/line.ts';
import {hopNames, plural, symptomText} from '../view/text/words.ts';
import {emptyLines} from './lines/empty-lines.ts';
import type {Model} from './model.ts';
import {matrixOverlayLines} from './lines/matrix-lines.ts';
import {unreadNotices} from './lines/notice-lines.ts';
import {overlayLines, overlayTitle} from './lines/overlay-lines.ts';
import {pickable} from './pickable.ts';

/** A change in sentences: a screen reader reads each once, and nothing on the screen is overwritten. */
export function spoken(before: Model | undefined, after: Model): readonly string[] {
	return [
		...changed(before, after, connectionText),
		...newBanners(before, after),
		...changed(before, after, (model) => unreadNotices(model).at(-1)?.text ?? ''),
		...(before ? verdictTexts(before, after) : []),
		...changed(before, after, questionText),
		...changed(before, after, placeText),
		...changed(before, after, ({ui}) => ui.flash?.text ?? ''),
		...changed(before, after, ({session: {probe}}) => (probe.phase === 'done' ? probe.summary : '')),
	];
}

function changed(
	before: Model | undefined,
	after: Model,
	textOf: (model: Model) => string,
): readonly string[] {
	const text = textOf(after);
	const isSame = before !== undefined && withoutAges(textOf(before)) === withoutAges(text);
	return text === '' || isSame ? [] : linesInAscii(text).split('\n');
}

/** What only got older is no news. */
function withoutAges(text: string): string {
	return text.replaceAll(/\b\d+[smhd](?:\d+[smh])?\b/gu, '');
}

function connectionText({session}: Model): string {
	const {state} = freshnessOf(session);
	if (state === 'connecting' && session.entries.length > 0) {
		return '';
	}

	const word = state === 'connecting' && session.source.kind === 'recording' ? 'being read' : state;
	const where = session.source.context ?? session.source.files?.join(', ') ?? session.source.kind;
	const isPartial = isForbidden('Service', session);
	const isCounted = session.entriesKnown && (session.entries.length > 0 || !isPartial);
	const count = isCounted ? `, ${plural(session.entries.length, 'entry', 'entries')}` : '';
	return `${where}, ${session.namespace ? `namespace ${session.namespace}` : 'all namespaces'}, ${word}${count}${isPartial ? ', without Services' : ''}.`;
}

function newBanners(before: Model | undefined, {banners}: Model): readonly string[] {
	const old = new Set(before?.banners.map((line) => withoutAges(plainText(line))));
	return banners
		.map(plainText)
		.filter((text) => !old.has(withoutAges(text)))
		.map((text) => text.trim());
}

function verdictTexts(before: Model, after: Model): readonly string[] {
	const old = new Map(before.session.entries.map((row) => [row.id, row.verdict]));
	return after.session.entries.flatMap((row) => {
		const was = old.get(row.id);
		return was === undefined || row.verdict === undefined || was === row.verdict
			? []
			: [`Changed: ${row.title} was ${was}, is ${row.verdict}${causeOf(row)}.`];
	});
}

function causeOf({cause}: EntryRow): string {
	return cause ? `. Cause: ${cause.replace(/\.$/u, '')}` : '';
}

function questionText({session: {probe}}: Model): string {
	return probe.phase === 'asking'
		? [`Question: ${probe.plan.title}`, ...probe.plan.checks, 'y sends it, n does not.'].join('\n')
		: '';
}

/** Where the person is: in a list, on a hop, in a text that lies over all. */
function placeText(model: Model): string {
	const {ui} = model;
	if (ui.input) {
		return ui.input.kind === 'filter' ? 'Filter. Type; enter keeps it.' : 'Go to. Type; enter goes there.';
	}

	if (ui.overlay) {
		return overlayText(model);
	}

	return ui.focus === 'entries' ? entryText(model) : ui.focus === 'path' ? hopText(model) : detailText(model);
}

function overlayText(model: Model): string {
	const {overlay} = model.ui;
	if (!overlay) {
		return '';
	}

	if ('filter' in overlay) {
		const choices = pickable(overlay, model);
		const chosen = choices[overlay.cursor];
		const words = [`${chosen?.keys ?? ''} ${chosen?.label ?? 'nothing'}`.trim(), chosen?.note];
		return [...words, `${overlay.cursor + 1} of ${choices.length}`].filter(Boolean).join(', ');
	}

	const {lookedAt} = model.session;
	if (overlay.kind === 'object' && (!lookedAt || lookedAt.phase === 'reading')) {
		return 'Reading.';
	}

	if (overlay.kind === 'matrix') {
		return ['From everywhere.', ...matrixOverlayLines(overlay, model).map(plainText)].join('\n');
	}

	const lines = overlayLines(overlay.kind, model).map(plainText);
	return [`${overlayTitle(overlay, model)}.`, ...lines].join('\n');
}

function emptyText(model: Model): string {
	const lines = emptyLines(model, Infinity).map((line) => plainText(line).trim());
	return lines.filter(Boolean).join(' ');
}

function entryText(model: Model): string {
	const {rows, cursor, session} = model;
	const row = rows[cursor];
	if (!row) {
		return session.entriesKnown ? emptyText(model) : '';
	}

	const note = row.symptom ? symptomText(row.symptom) : noteOf(row);
	const facts = [row.title, row.verdict ?? 'not walked yet', note === row.verdict ? '' : note];
	return `${[...facts, `entry ${cursor + 1} of ${rows.length}`].filter(Boolean).join(', ')}${causeOf(row)}.`;
}

function hopText(model: Model): string {
	const {path, hop, hopIndex, selected, session} = model;
	if (!path || !hop) {
		return selected?.error ?? 'Walking the path.';
	}

	if (path.verdict === 'unknown' && freshnessOf(session).state === 'connecting') {
		return '';
	}

	const marks = [
		path.verdict === 'broken' && path.brokenAt === hop.kind ? 'traffic stops here' : '',
		causeHere(path, hop),
	];
	const place = `hop ${hopIndex + 1} of ${path.hops.length}`;
	const sentence = [hopNames[hop.kind], hop.status, hop.summary, place, ...marks].filter(Boolean).join(', ');
	return `${path.title}, ${path.verdict}.\n${sentence}`;
}

/** Where the cause lies, and from there where traffic stops. */
function causeHere(path: Path, hop: Hop): string {
	const main = path.verdict === 'ok' ? undefined : mainFinding(path);
	if (!main) {
		return '';
	}

	const {message} = main.finding;
	const word = isRootCause(main.hop, path) ? 'root cause' : 'cause';
	const stops = path.hops.find(({kind}) => kind === path.brokenAt);
	const elsewhere = stops && stops !== hop ? `traffic stops at ${hopNames[stops.kind]}, ` : '';
	return main.hop === hop
		? `${elsewhere}${word}: ${message}`
		: path.brokenAt === hop.kind
			? `${word} at ${hopNames[main.hop.kind]}: ${message}`
			: '';
}

function detailText(model: Model): string {
	return [hopText(model), ...model.detail.map((line) => plainText(line).trim())].filter(Boolean).join('\n');
}
