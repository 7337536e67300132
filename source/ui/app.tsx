import {useApp, useInput} from 'ink';
import {useEffect, useMemo, useSyncExternalStore} from 'react';
import {Screen} from './components/screen.tsx';
import type {Explorer, Outside} from './explorer.ts';
import {keyPresses} from './key-name.ts';
import {ThemeContext} from './theme-context.ts';
import {colourTheme, monoTheme} from './theme.ts';

type Props = {
	readonly explorer: Explorer;
	readonly color: boolean;
	/** What the terminal does for a key; suspending and leaving are Ink's. */
	readonly terminal: Pick<Outside, 'copy'> & {readonly stop: () => Promise<void>};
};

/** Draws the model and passes keys on; holds no state of its own. */
export function App({explorer, color, terminal}: Props) {
	const model = useSyncExternalStore(explorer.subscribe, explorer.getModel);
	const {exit, suspendTerminal} = useApp();
	useEffect(() => {
		explorer.attach({
			copy: (text) => terminal.copy(text),
			exit,
			// Leaving the alternate screen and coming back draws everything anew.
			redraw: () => void suspendTerminal(() => {}),
			suspend: () => void suspendTerminal(terminal.stop),
		});
	}, [explorer, terminal, exit, suspendTerminal]);
	useInput((input, key) => {
		for (const press of keyPresses(input, key)) {
			explorer.press(press);
		}
	});
	const {glyphs} = model;
	const appearance = useMemo(() => ({theme: color ? colourTheme : monoTheme, glyphs}), [color, glyphs]);
	return (
		<ThemeContext value={appearance}>
			<Screen explorer={explorer} model={model} />
		</ThemeContext>
	);
}
