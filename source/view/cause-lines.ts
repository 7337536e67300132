import {mainFinding} from '../path/main-finding.ts';
import {enoughOfSentence} from './causes.ts';
import type {Path} from '../path/report.ts';
import type {Glyphs} from './text/glyphs.ts';
import {stillReading} from './still-reading.ts';
import {span, type Line} from './text/line.ts';
import {hopNames, shortHopNames} from './text/words.ts';
import {truncate} from './text/width.ts';
import {wrap} from './text/wrap.ts';

type Options = {
	readonly width: number;
	readonly glyphs: Glyphs;
	/** At most so many. */ readonly rows?: number;
};

/** A longer sentence is cut. */
const mostCauseRows = 4;

/** Why a path is not well, in one sentence: `cause  Pods: readiness probe …`, in as many rows as it takes, up to a few. */
export function causeLines(path: Path, {width, glyphs, rows = mostCauseRows}: Options): readonly Line[] {
	const main = path.verdict === 'ok' || stillReading(path) ? undefined : mainFinding(path);
	if (!main) {
		return [];
	}

	const narrow = width < 50;
	const {ignored} = main.finding;
	const lead = narrow ? '' : ignored === undefined ? 'cause  ' : 'ignored  ';
	const names = narrow ? shortHopNames : hopNames;
	const room = Math.max(8, width - 2 - lead.length);
	const {message, slug} = main.finding;
	const sentence = withHop(names[main.hop.kind], message);
	const isCutEarly = wrap(sentence, room).length > rows && rows * room < enoughOfSentence;
	const text = wrap(isCutEarly ? `${slug}: ${message}` : sentence, room);
	return limited(text, rows, {room, glyphs}).map((row, position) => [
		span(' '),
		span(position === 0 ? lead : ' '.repeat(lead.length), 'dim'),
		span(row, ignored === undefined ? path.verdict : 'dim', ignored === undefined),
	]);
}

/** Whether the sentence stands whole in so many rows. */
export function saysWhole(path: Path, {width, glyphs, rows = mostCauseRows}: Options): boolean {
	return causeLines(path, {width, glyphs, rows: Infinity}).length <= Math.min(mostCauseRows, rows);
}

/** A sentence that begins with what the hop is called says the hop by itself: `Pod api-1 …`. */
function withHop(name: string, message: string): string {
	const subject = name.replace(/s$/u, '');
	return message.startsWith(`${subject} `) ? message : `${name}: ${message}`;
}

function limited(
	text: readonly string[],
	rows: number,
	{room, glyphs}: {readonly room: number; readonly glyphs: Glyphs},
): readonly string[] {
	return text.length <= rows
		? text
		: [...text.slice(0, rows - 1), truncate(text.slice(rows - 1).join(' '), room, glyphs.ellipsis)];
}
