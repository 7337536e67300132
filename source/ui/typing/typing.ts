import type {KeyPress} from '../keys/key-name.ts';
import {edited, insert, lengthOf, type EditedLine} from './line-edit.ts';
import type {Model} from '../model.ts';
import {searchKey} from '../keys/search-keys.ts';
import {runPrompt} from './prompt.ts';
import type {UiState} from '../state.ts';
import {step, type Step} from '../keys/step.ts';
import {suggestions} from './suggestions.ts';

type Input = NonNullable<UiState['input']>;

/** Keys while a line is typed: the filter, which works at once, or a command. */
export function type(press: KeyPress, input: Input, model: Model): Step {
	const {ui} = model;
	if (input.kind === 'search') {
		return searchKey(press, input, model);
	}

	switch (press.name) {
		case 'escape':
			return step({...ui, input: undefined, filter: input.kind === 'filter' ? input.before : ui.filter});
		case 'return':
			return enter(input, model);
		case 'up':
		case 'down':
			return step(earlier(ui, input, press.name === 'up' ? 1 : -1));
		case 'tab':
			return step(input.kind === 'command' ? write(ui, input, completed(input, model)) : ui);
		default:
			return step(changed(press, input, model));
	}
}

/** At the end of the line the right arrow takes what is offered, as shells do. */
function changed(press: KeyPress, input: Input, model: Model): UiState {
	const {ui} = model;
	const line = {text: input.text, at: input.at ?? lengthOf(input.text)};
	if (press.name === 'right' && input.kind === 'command' && line.at === lengthOf(input.text)) {
		return write(ui, input, completed(input, model));
	}

	if (press.name === 'backspace' && input.text === '') {
		return {...ui, input: undefined};
	}

	const next = edited(press.name, line) ?? (press.text === '' ? undefined : insert(line, press.text));
	return next ? place(ui, input, next) : ui;
}

/** Puts a text into the line, its cursor at the end. */
function write(ui: UiState, input: Input, text: string): UiState {
	return place(ui, input, {text, at: lengthOf(text)});
}

/** Adds a text where the cursor stands. */
export function paste(ui: UiState, input: Input, text: string): UiState {
	return place(ui, input, insert({text: input.text, at: input.at ?? lengthOf(input.text)}, text));
}

function place(ui: UiState, input: Input, {text, at}: EditedLine): UiState {
	const written = {...ui, input: {...input, text, at}};
	return input.kind === 'filter' && text !== input.text ? {...written, filter: text, entriesTop: 0} : written;
}

/** Lines that were given before, as shells do. */
function earlier(ui: UiState, input: Input, by: number): UiState {
	if (input.kind === 'filter') {
		return ui;
	}

	const back = Math.max(0, Math.min(ui.given.length, (input.back ?? 0) + by));
	const draft = input.back ? (input.draft ?? '') : input.text;
	const text = back === 0 ? draft : (ui.given.at(-back) ?? '');
	return {...ui, input: {...input, text, at: lengthOf(text), back, draft}};
}

/** More lines are forgotten. */
const mostGiven = 50;

function enter(input: Input, model: Model): Step {
	const closed = {...model.ui, input: undefined};
	if (input.kind === 'filter') {
		return step(closed);
	}

	const text = input.text.trim();
	const given =
		text === '' ? closed.given : [...closed.given.filter((each) => each !== text), text].slice(-mostGiven);
	return runPrompt(text, {...model, ui: {...closed, given}});
}

function completed(input: Input, {session}: Model): string {
	return suggestions(input.text, session)[0] ?? input.text;
}
