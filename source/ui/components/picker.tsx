import {Box, Text} from 'ink';
import SelectInput from 'ink-select-input';
import type {Model} from '../model.ts';
import {pickable, type Choice} from '../pickable.ts';
import type {Overlay} from '../state.ts';
import {span} from '../../view/line.ts';
import {useTheme} from '../theme-context.ts';
import {Row} from './row.tsx';

type Props = {
	readonly model: Model;
	readonly overlay: Extract<Overlay, {typing: boolean}>;
	readonly rows: number;
	readonly onChoose: (choice: Choice) => void;
};

/** A list of namespaces or contexts to pick from. */
export function Picker({model, overlay, rows, onChoose}: Props) {
	const {theme} = useTheme();
	const {glyphs, ui} = model;
	const choices = pickable(overlay, model.session);
	const current = Math.max(
		0,
		choices.findIndex(({current}) => current),
	);
	const title = overlay.kind === 'contexts' ? 'Contexts' : 'Namespaces';
	const typed = overlay.typing
		? `/${overlay.filter}${glyphs.cursor}`
		: overlay.filter && `/${overlay.filter}`;
	return (
		<Box
			flexDirection="column"
			width={ui.size.columns}
			height={rows}
			borderStyle={glyphs.border}
			borderColor={theme['border-focus'].color}
			overflow="hidden"
		>
			<Row
				line={[
					span(` ${title} `, undefined, true),
					span(`${choices.length}  `, 'dim'),
					span(typed, 'accent'),
				]}
			/>
			{choices.length === 0 ? (
				<Row line={[span(emptyText(overlay), 'dim')]} />
			) : (
				<SelectInput
					key={overlay.filter}
					items={choices.map((choice) => ({
						...choice,
						label: choice.name ?? 'all namespaces',
						value: choice,
					}))}
					initialIndex={overlay.filter === '' ? current : 0}
					limit={Math.max(1, rows - 3)}
					isFocused={!overlay.typing}
					indicatorComponent={Indicator}
					itemComponent={Item}
					onSelect={({value}) => {
						onChoose(value);
					}}
				/>
			)}
		</Box>
	);
}

function Indicator({isSelected}: {readonly isSelected?: boolean}) {
	const {theme, glyphs} = useTheme();
	return (
		<Text {...theme.accent} bold>
			{isSelected ? ` ${glyphs.select} ` : '   '}
		</Text>
	);
}

function Item({label, isSelected}: {readonly label: string; readonly isSelected?: boolean}) {
	return (
		<Text wrap="truncate" bold={isSelected ?? false}>
			{label}
		</Text>
	);
}

function emptyText({kind, filter}: Props['overlay']): string {
	if (filter !== '') {
		return '   nothing matches; esc clears';
	}

	return kind === 'contexts'
		? '   the kubeconfig has no contexts'
		: '   namespaces may not be listed; type :ns NAME to open one';
}
