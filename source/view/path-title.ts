import type {Path, Trace} from '../path/report.ts';
import {calmAge} from './text/age.ts';
import {span, type Line} from './text/line.ts';
import {turnBars} from './text/sparkline.ts';
import type {ProbeTurn} from '../session/probes/probe-state.ts';
import {stillReading} from './still-reading.ts';
import {answerSeen} from './probe-results.ts';
import type {Glyphs} from './text/glyphs.ts';
import {percent, requestWords, sourceWords, symptomText, toneOf} from './text/words.ts';
import type {TraceOptions} from '../model/request.ts';

type NoteInput = {
	readonly now: number;
	readonly since?: number;
	/** When an object that the path was decided from changed last. */
	readonly changedAt?: number;
	/** Of a test that is repeated. */
	readonly turns?: readonly ProbeTurn[];
	readonly glyphs: Glyphs;
};

/** The end of a path's title: what it is, what the client sees, since when, and what was seen; long, and where there is no room short. */
export function verdictNotes(path: Path, {now, since, changedAt, turns, glyphs}: NoteInput): readonly Line[] {
	const reading = stillReading(path);
	if (reading !== undefined) {
		return [[span(`reading ${reading}`, 'dim')], [span('reading', 'dim')]];
	}

	const tone = toneOf(path.verdict);
	const symptom = path.symptom && path.verdict !== 'ok' ? symptomText(path.symptom) : undefined;
	const lasting = since === undefined || now - since < 10_000 ? '' : ` for ${calmAge(now - since)}`;
	const seen = seenSpans(path, {now, changedAt, turns, glyphs});
	const bars = turns && turns.length > 0 ? [span(' '), ...turnBars(turns, glyphs)] : [];
	const sees = symptom === undefined ? '' : `, client sees ${symptom}`;
	const short = span(symptom ?? path.verdict, tone, true);
	return [
		[span(path.verdict, tone, true), span(`${sees}${lasting}`, tone), ...seen],
		[short, span(lasting, tone), ...seen],
		// What was seen says more than since when.
		[short, ...seen],
		[short, span(lasting, tone), ...bars],
		[short, ...bars],
	];
}

/** What clients were seen to get; of a test that is repeated every answer. */
function seenSpans({hops}: Path, {now, changedAt, turns, glyphs}: NoteInput): Line {
	const last = turns?.at(-1);
	if (turns && last) {
		const times = turns.filter(({text}) => text === last.text).length;
		return [
			span(`, seen ${last.text}${timesText(times)} ${agoText(now - last.at)} `, 'dim'),
			...turnBars(turns, glyphs),
		];
	}

	const answer = answerSeen(hops, changedAt);
	return answer
		? [span(`, seen ${answer.text}${timesText(answer.times)} ${agoText(now - answer.at)}`, 'dim')]
		: [];
}

function timesText(times: number): string {
	return times < 2 ? '' : times === 2 ? ' twice' : ` ${times} times`;
}

function agoText(milliseconds: number): string {
	const age = calmAge(milliseconds);
	return age === 'now' ? 'now' : `${age} ago`;
}

type Context = {readonly glyphs: Glyphs; readonly traceOptions: TraceOptions};

/** Where the request starts, what was chosen for it, and which of several paths this is: `from outside   path 2 of 3, 20% of requests`. */
export function pathContext(trace: Trace, position: number, {glyphs, traceOptions}: Context): Line {
	const path = trace.paths[position];
	const made = trace.target.kind === 'url' ? requestWords(traceOptions.request) : [];
	const from = span([`from ${sourceWords(path?.from ?? trace.from)}`, ...made].join('  '), 'dim');
	if (trace.paths.length < 2 || !path) {
		return [from];
	}

	const dots = trace.paths.flatMap(({verdict}, other) => [
		span(other === position ? glyphs.select : ' ', 'accent', true),
		span(glyphs.status[verdict], toneOf(verdict)),
	]);
	const share = path.share === undefined ? '' : `, ${percent(path.share)} of requests`;
	return [from, span(`   path ${position + 1} of ${trace.paths.length}${share} `), ...dots];
}
