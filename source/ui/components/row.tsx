import {Text} from 'ink';
import Spinner from 'ink-spinner';
import {memo} from 'react';
import {safe} from '../../model/safe-text/safe.ts';
import {toAscii} from '../../view/text/ascii.ts';
import type {Line, Span} from '../../view/text/line.ts';
import {styled} from '../style.ts';
import {useTheme, type Appearance} from '../theme-context.ts';

type Props = {readonly line: Line};

/** One row of the screen, as one text: an element for each of its spans would cost ten times the time. */
export const Row = memo(function Row({line}: Props) {
	const appearance = useTheme();
	const spinning = line.findIndex(({spins}) => spins);
	const text = (part: readonly Span[]): string => part.map((span) => drawn(span, appearance)).join('');
	return (
		<Text wrap="truncate">
			{line.length === 0 ? ' ' : text(spinning < 0 ? line : line.slice(0, spinning))}
			{spinning >= 0 && <Spinner type={appearance.glyphs.spinner} />}
			{spinning >= 0 && text(line.slice(spinning + 1))}
		</Text>
	);
}, isSame);

/** Most rows of a frame are those of the frame before. */
function isSame({line: before}: Props, {line}: Props): boolean {
	return (
		before.length === line.length &&
		line.every(({text, tone, bold, spins}, position) => {
			const other = before[position]!;
			return text === other.text && tone === other.tone && bold === other.bold && spins === other.spins;
		})
	);
}

function drawn({text, tone, bold}: Span, {theme, glyphs}: Appearance): string {
	const look = theme[tone ?? 'plain'];
	const shown = glyphs.ascii ? toAscii(safe(text)) : safe(text);
	// Blanks in a colour are bytes without an effect.
	return shown.trim() === '' && !look.inverse ? shown : styled(shown, bold ? {...look, bold} : look);
}
