import type {KeyPress} from './key-name.ts';
import type {Model} from './model.ts';
import {runPrompt, suggestions} from './prompt.ts';
import type {UiState} from './state.ts';
import {step, type Step} from './step.ts';

type Input = NonNullable<UiState['input']>;

/** Keys while a line is typed: the filter, which works at once, or a command. */
export function type(press: KeyPress, input: Input, model: Model): Step {
	const {ui} = model;
	switch (press.name) {
		case 'escape': {
			return step({...ui, input: undefined, ...(input.kind === 'filter' ? {filter: input.before} : {})});
		}

		case 'return': {
			return enter(input, model);
		}

		case 'tab':
		case 'right': {
			return step(input.kind === 'command' ? write(ui, input, completed(input, model)) : ui);
		}

		case 'backspace':
		case 'delete': {
			return step(input.text === '' ? {...ui, input: undefined} : write(ui, input, withoutLast(input.text)));
		}

		case 'ctrl-u':
		case 'ctrl-w': {
			return step(write(ui, input, ''));
		}

		default: {
			return step(press.text === '' ? ui : write(ui, input, input.text + press.text));
		}
	}
}

export function write(ui: UiState, input: Input, text: string): UiState {
	const written = {...ui, input: {...input, text}};
	return input.kind === 'filter' ? {...written, filter: text, entriesTop: 0} : written;
}

function enter(input: Input, model: Model): Step {
	const closed = {...model, ui: {...model.ui, input: undefined}};
	return input.kind === 'filter' ? step(closed.ui) : runPrompt(input.text, closed);
}

function completed(input: Input, {session}: Model): string {
	return suggestions(input.text, session)[0] ?? input.text;
}

/** Without its last grapheme. */
function withoutLast(text: string): string {
	return Array.from(new Intl.Segmenter().segment(text), ({segment}) => segment)
		.slice(0, -1)
		.join('');
}
