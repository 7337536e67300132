import {useApp, useInput, usePaste} from 'ink';
import {useEffect, useMemo, useSyncExternalStore} from 'react';
import type {Copied} from './terminal/clipboard.ts';
import {Screen} from './components/screen.tsx';
import type {Explorer} from './explorer.ts';
import {keyPresses} from './keys/key-name.ts';
import type {TerminalTurns} from './terminal/terminal-turns.ts';
import {ThemeContext} from './theme-context.ts';
import {themeOf} from './theme.ts';

type Props = {
	readonly explorer: Explorer;
	readonly color: boolean;
	/** A name of the configuration. */
	readonly theme?: string;
	readonly turns: TerminalTurns;
	/** Puts a text into the clipboard. */
	readonly copy: (text: string) => Promise<Copied>;
};

/** Draws the model and passes keys on; holds no state of its own. */
export function App({explorer, color, theme, turns, copy}: Props) {
	const model = useSyncExternalStore(explorer.subscribe, explorer.getModel);
	const {exit, suspendTerminal} = useApp();
	useEffect(() => {
		turns.attach(suspendTerminal);
		explorer.attach({copy, exit, redraw: () => turns.redraw(), suspend: () => turns.stop()});
	}, [explorer, turns, copy, exit, suspendTerminal]);
	useInput((input, key) => {
		for (const press of keyPresses(input, key)) {
			explorer.press(press);
		}
	});
	usePaste((text) => explorer.paste(text));
	const {glyphs} = model;
	const appearance = useMemo(() => ({theme: themeOf(theme, color), glyphs}), [theme, color, glyphs]);
	return (
		<ThemeContext value={appearance}>
			<Screen explorer={explorer} model={model} />
		</ThemeContext>
	);
}
