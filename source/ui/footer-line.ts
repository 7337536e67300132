import {exactly, fitLine, lineWidth, spread} from '../view/fit.ts';
import {span, type Line, type Span} from '../view/line.ts';
import {hintLine} from './hints.ts';
import type {Model} from './model.ts';
import {suggestions} from './prompt.ts';

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

	const right = fitLine([span(' '), word, span(' ')], width, ellipsis);
	return spread(hintLine(model, width - lineWidth(right)), right, width, ellipsis);
}

function wordOf({ui, now, session}: Model): Span | undefined {
	if (ui.flash && now - ui.flash.at < flashShown) {
		return span(ui.flash.text, ui.flash.tone);
	}

	const notice = session.notices.findLast(({severity}) => severity === 'info');
	if (notice) {
		return span(notice.text, 'dim');
	}

	const {probe} = session;
	return probe.phase === 'done' && now - probe.at < flashShown * 2 ? span(probe.summary) : undefined;
}

/** The keys of what lies over the panes. */
function overlayHint({ui, session, glyphs}: Model): string | undefined {
	const {keys} = glyphs;
	if (session.probe.phase === 'asking') {
		return 'y send  a send, and do not ask again  n do not send';
	}

	switch (ui.overlay?.kind) {
		case undefined: {
			return undefined;
		}

		case 'help':
		case 'kinds': {
			return `${keys['up']}${keys['down']} scroll  q close`;
		}

		case 'namespaces':
		case 'contexts': {
			return `${keys['up']}${keys['down']} move  ${keys['return']} pick  type to narrow  esc close`;
		}
	}
}

function inputLine(model: Model, width: number): Line {
	const {ui, glyphs, rows, session} = model;
	const {kind, text} = ui.input!;
	if (kind === 'filter') {
		const count = `${rows.length} of ${session.entries.length}`;
		const typed = [span(' /', 'accent', true), span(text), span(glyphs.cursor, 'accent')];
		return spread(
			typed,
			[span(`${count}  ${glyphs.keys['return']} keep  esc drop `, 'dim')],
			width,
			glyphs.ellipsis,
		);
	}

	const [first, ...others] = suggestions(text, session);
	const rest = first?.startsWith(text) ? first.slice(text.length) : '';
	const typed = [
		span(' :', 'accent', true),
		span(text),
		span(glyphs.cursor, 'accent'),
		span(text === '' ? '' : rest, 'dim'),
	];
	const offer = text === '' ? [first, ...others].join('  ') : others.slice(0, 3).join('  ');
	const help =
		text === ''
			? 'a target such as svc/web:80 or https://host/path, or  '
			: rest === ''
				? ''
				: 'tab completes  ';
	return exactly([...typed, span(`   ${help}${offer}`, 'dim')], width, glyphs.ellipsis);
}
