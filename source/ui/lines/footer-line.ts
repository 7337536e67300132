import {exactly, fitLine, lineWidth, spread} from '../../view/text/fit.ts';
import {span, type Line, type Span} from '../../view/text/line.ts';
import {answerSeen} from '../../view/probe-results.ts';
import {changedAtHere} from './path-head.ts';
import {hintLine} from '../keys/hints.ts';
import {pickedCause, type TextOverlay} from './overlay-lines.ts';
import type {Model} from '../model.ts';
import {unreadNotices} from './notice-lines.ts';
import {widthOf} from '../../view/text/width.ts';
import {isTakenLiterally} from '../typing/filter.ts';
import {around} from '../typing/line-edit.ts';
import {suggestions} from '../typing/suggestions.ts';

/** How long a word about the last key stays, in milliseconds. */
const flashShown = 4000;

/** The last row: what is being typed, a word about the last key, the probe that runs, or the keys that do something. */
export function footerLine(model: Model): Line {
	const {ui, session, glyphs} = model;
	const width = ui.size.columns;
	if (ui.input) {
		return inputLine(model, width);
	}

	const answers = overlayHint(model);
	if (answers !== undefined) {
		return exactly([span(` ${answers}`, 'dim')], width, glyphs.ellipsis);
	}

	if (session.probe.phase === 'running') {
		const {plan, done} = session.probe;
		const count = `${done} of ${plan.count ?? plan.checks.length} checks`;
		return exactly(
			[span(` testing: ${count}`, 'accent'), span('   esc stops', 'dim')],
			width,
			glyphs.ellipsis,
		);
	}

	return withWord(model, wordOf(model), width);
}

/** A word about the last key, or of the session, at the right end: the keys stay. */
function withWord(model: Model, word: Span | undefined, width: number): Line {
	const {ellipsis} = model.glyphs;
	if (!word) {
		return exactly(hintLine(model, width), width, ellipsis);
	}

	const right = fitLine([span('   '), word, span(' ')], width, ellipsis);
	return spread(hintLine(model, width - lineWidth(right)), right, width, ellipsis);
}

function wordOf(model: Model): Span | undefined {
	const {ui, now, deskTime, session, named} = model;
	if (ui.flash && deskTime - ui.flash.at < flashShown) {
		return span(ui.flash.text, ui.flash.tone);
	}

	const notice = unreadNotices(model).findLast(({severity}) => severity === 'info');
	if (notice) {
		return span(named(notice.text), 'dim');
	}

	if (session.probeTurns) {
		return span('tested every 30 s, esc stops', 'dim');
	}

	const {probe} = session;
	return probe.phase === 'done' && now - probe.at < flashShown * 2
		? span(`${seenText(model)}${probe.summary}`)
		: undefined;
}

/** What a probe of requests comes to, against what was predicted. */
function seenText(model: Model): string {
	const {path} = model;
	const answer = path && answerSeen(path.hops, changedAtHere(model));
	if (!answer) {
		return '';
	}

	const predicted = path.symptom?.startsWith('http-') ? path.symptom.slice('http-'.length) : undefined;
	const times = answer.times === 1 ? '' : ` ${answer.times} times`;
	const agrees = predicted === answer.text || (path.verdict === 'ok' && /^[1-4]/u.test(answer.text));
	return `seen ${answer.text}${times}${agrees ? ', as predicted' : ', not as predicted'}. `;
}

/** The keys of what lies over the panes. */
function overlayHint({ui, session, glyphs}: Model): string | undefined {
	const {keys} = glyphs;
	if (session.probe.phase === 'asking') {
		return 'y send  r send every 30 s  a send, and do not ask again  n do not send';
	}

	switch (ui.overlay?.kind) {
		case undefined:
			return undefined;
		case 'pulse':
		case 'differs':
		case 'object':
		case 'kinds': {
			const move = pickedCause(ui.overlay, {session}) ? `move  ${keys['return']} open` : 'scroll';
			return `${keys['up']}${keys['down']} ${move}  ${textHint(ui.overlay, {session, glyphs})}  q close`;
		}

		case 'matrix': {
			const arrows = [keys['up'], keys['down'], keys['left'], keys['right']].join('');
			return `${arrows} move  ${keys['return']} open this path  q close`;
		}

		case 'help':
			return `${keys['up']}${keys['down']} move  ${keys['return']} do it  type to find  esc close`;
		case 'used-by':
		case 'crossing':
		case 'favourites':
		case 'namespaces':
		case 'contexts':
			return `${keys['up']}${keys['down']} move  ${keys['return']} pick  type to narrow  esc close`;
	}
}

/** What else a text over the panes takes. */
function textHint(overlay: TextOverlay, {session, glyphs}: Pick<Model, 'session' | 'glyphs'>): string {
	const {search} = overlay;
	const find = search === undefined ? '/ find' : `/${search}  n next  N previous`;
	if (overlay.kind !== 'object') {
		return find;
	}

	const {lookedAt} = session;
	const others = overlay.looks.length > 1 ? `${glyphs.keys['left']}${glyphs.keys['right']} object  ` : '';
	const run = lookedAt?.what === 'log' ? `  p ${lookedAt.previous ? 'this run' : 'the run before'}` : '';
	return `${others}${find}${run}`;
}

function inputLine(model: Model, width: number): Line {
	const {ui, glyphs, rows, session} = model;
	const {kind, text} = ui.input!;
	if (kind === 'search') {
		const keys = `${glyphs.keys['return']} keep  esc drop `;
		return spread(
			[span(' /', 'accent', true), ...typedSpans(model)],
			[span(keys, 'dim')],
			width,
			glyphs.ellipsis,
		);
	}

	if (kind === 'filter') {
		const literally = isTakenLiterally(text) ? 'no regular expression, found as it stands  ' : '';
		const count = `${literally}${rows.length} of ${session.entries.length}`;
		const typed = [span(' /', 'accent', true), ...typedSpans(model)];
		return spread(
			typed,
			[span(`${count}  ${glyphs.keys['return']} keep  esc drop `, 'dim')],
			width,
			glyphs.ellipsis,
		);
	}

	const [first, ...others] = suggestions(text, session);
	const rest = first?.startsWith(text) ? first.slice(text.length) : '';
	const typed = [span(' :', 'accent', true), ...typedSpans(model), span(text === '' ? '' : rest, 'dim')];
	const offers = text === '' ? suggestions(text, session) : others.slice(0, 3);
	const help =
		text === ''
			? 'a target such as svc/web:80 or https://host/path, or  '
			: rest === ''
				? ''
				: 'tab completes  ';
	const before = [...typed, span(`   ${help}`, 'dim')];
	const offer = whatFits(offers, width - lineWidth(before));
	return exactly([...before, span(offer, 'dim')], width, glyphs.ellipsis);
}

/** As many of the words as there is room for: half a word offers nothing. */
function whatFits(words: readonly string[], room: number): string {
	const lines = words.map((_, position) => words.slice(0, position + 1).join('  '));
	return lines.findLast((line) => widthOf(line) <= room) ?? '';
}

/** The text with the cursor where it stands. */
function typedSpans({ui, glyphs}: Model): Line {
	const {text, at} = ui.input!;
	const [before, behind] = around({text, at: at ?? text.length});
	return [span(before), span(glyphs.cursor, 'accent'), span(behind)];
}
