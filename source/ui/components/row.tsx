import {Text} from 'ink';
import Spinner from 'ink-spinner';
import {memo} from 'react';
import {toAscii} from '../../view/ascii.ts';
import type {Line, Span} from '../../view/line.ts';
import {useTheme} from '../theme-context.ts';

/** One row of the screen. */
export const Row = memo(function Row({line}: {readonly line: Line}) {
	return (
		<Text wrap="truncate">
			{line.length === 0 ? ' ' : line.map((part, position) => <Stretch key={position} part={part} />)}
		</Text>
	);
});

function Stretch({part}: {readonly part: Span}) {
	const {theme, glyphs} = useTheme();
	const {bold, ...look} = theme[part.tone ?? 'plain'];
	return (
		<Text {...look} bold={Boolean(bold) || Boolean(part.bold)}>
			{part.spins ? <Spinner type={glyphs.spinner} /> : glyphs.ascii ? toAscii(part.text) : part.text}
		</Text>
	);
}
