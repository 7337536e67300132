import type {Key} from 'ink';

/** A key press, by one name: `up`, `ctrl-f`, `shift-tab`, `G`, `:`. */
export type KeyPress = {
	readonly name: string;
	/** What was typed, when it is text. */
	readonly text: string;
};

const named = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'page-up'],
	['pageDown', 'page-down'],
	['home', 'home'],
	['end', 'end'],
	['return', 'return'],
	['escape', 'escape'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const;

/** Names what Ink reports. A slow link delivers several keys at once: text comes apart into its characters. */
export function keyPresses(input: string, key: Key): readonly KeyPress[] {
	if (key.tab) {
		return [{name: key.shift ? 'shift-tab' : 'tab', text: ''}];
	}

	const special = named.find(([flag]) => key[flag]);
	if (special) {
		return [{name: special[1], text: ''}];
	}

	if (key.ctrl) {
		return [{name: `ctrl-${input}`, text: ''}];
	}

	return key.meta ? [] : Array.from(input, characterPress);
}

function characterPress(character: string): KeyPress {
	switch (character) {
		case '\r':
		case '\n':
			return {name: 'return', text: ''};
		case '\t':
			return {name: 'tab', text: ''};
		case ' ':
			return {name: 'space', text: ' '};
		default:
			return /[\u0001-\u001A]/u.test(character)
				? {name: `ctrl-${letterOf(character)}`, text: ''}
				: {name: character, text: character};
	}
}

/** ctrl-a is sent as 1. */
function letterOf(control: string): string {
	return String.fromCodePoint(control.codePointAt(0)! + 0x60);
}
