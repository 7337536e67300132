import {Box, Text} from 'ink';
import SelectInput from 'ink-select-input';
import {span} from '../../view/text/line.ts';
import type {ProbePlan} from '../../session/probes/probe-state.ts';
import type {Explorer} from '../explorer.ts';
import type {Model} from '../model.ts';
import {probePage} from '../lines/probe-lines.ts';
import {useTheme} from '../theme-context.ts';
import {Row} from './row.tsx';

type Props = {
	readonly explorer: Explorer;
	readonly model: Model;
	readonly plan: ProbePlan;
	/** With border. */
	readonly rows: number;
};

/** Each answer is also a key (press.ts). */
const answers = [
	{key: 'y', value: 'y', label: 'y  send'},
	{key: 'r', value: 'r', label: 'r  send, and again every 30 s while this path is open'},
	{key: 'a', value: 'a', label: 'a  send, and do not ask again in this session'},
	{key: 'n', value: 'n', label: 'n  do not send'},
];

/** What would be sent, and whether it may be. */
export function Question({explorer, model, plan, rows}: Props) {
	const {theme, glyphs} = useTheme();
	const {size, askedPage} = model.ui;
	const {columns} = size;
	const text = Math.max(0, rows - 2 - 1 - answers.length - 1);
	const {lines, note} = probePage(plan, Math.max(1, columns - 4), {rows: text, page: askedPage});
	return (
		<Box
			flexDirection="column"
			width={columns}
			height={rows}
			paddingLeft={1}
			overflow="hidden"
			borderStyle={glyphs.border}
			borderColor={theme['border-focus'].color}
		>
			<Row line={[span(plan.title, undefined, true)]} />
			{lines.map((line, position) => (
				<Row key={position} line={line} />
			))}
			<Row line={note ?? []} />
			<SelectInput
				items={answers}
				indicatorComponent={Indicator}
				itemComponent={Answer}
				// The app hears the same key: it must not take it for one of the panes.
				onSelect={({value}) => queueMicrotask(() => explorer.press({name: value, text: value}))}
			/>
		</Box>
	);
}

function Indicator({isSelected}: {readonly isSelected?: boolean}) {
	const {theme, glyphs} = useTheme();
	return (
		<Text {...theme.accent} bold>
			{isSelected ? `${glyphs.select} ` : '  '}
		</Text>
	);
}

function Answer({label, isSelected}: {readonly label: string; readonly isSelected?: boolean}) {
	return (
		<Text wrap="truncate" bold={isSelected ?? false}>
			{label}
		</Text>
	);
}
