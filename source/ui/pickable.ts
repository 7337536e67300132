import type {ObjectRef} from '../model/ref.ts';
import type {EntryRow, SessionState} from '../session/state.ts';
import {whyNot} from './keys/availability.ts';
import type {Command} from './keys/command.ts';
import {crossable, crossingRows} from './keys/crossed.ts';
import {keyText} from './keys/hints.ts';
import {type Binding, bindingGroups, bindings} from './keys/keymap.ts';
import type {Model} from './model.ts';
import {pinsOf} from './pins.ts';
import {promptWords} from './typing/prompt-words.ts';
import type {OpenedTarget, PickerOverlay} from './state.ts';
import {usersOf} from './keys/used-by.ts';

/** One line of a picker. */
export type Choice = {
	readonly label: string;
	/** Stands before the label: keys, or the number of a namespace. */
	readonly keys?: string;
	/** Absent in a picker of namespaces: all of them. */
	readonly name?: string;
	readonly current: boolean;
	/** A context's cluster and namespace; why a key does nothing now. */
	readonly note?: string;
	readonly command?: Command;
	/** A word after `:`. */
	readonly word?: string;
	readonly target?: OpenedTarget;
	/** A pod or a node: what else crosses it. */
	readonly crosses?: ObjectRef;
	/** A heading over the first choice that has it. */
	readonly group?: string;
};

type Picking = Pick<Model, 'session' | 'ui' | 'glyphs'> & Model;

/** What can be picked, in groups; with a filter what begins with it comes first. */
export function pickable({kind, filter}: PickerOverlay, model: Picking): readonly Choice[] {
	const all = choices(kind, model);
	return filter === '' ? all : bestFirst(all, filter);
}

/** Without groups: the best of several may stand in any of them. */
function bestFirst(all: readonly Choice[], filter: string): readonly Choice[] {
	const wanted = filter.toLowerCase();
	return all
		.filter(({label, keys = ''}) => `${keys} ${label}`.toLowerCase().includes(wanted))
		.map((choice) => ({choice: {...choice, group: undefined}, rank: rankOf(choice, filter)}))
		.toSorted((a, b) => a.rank - b.rank)
		.map(({choice}) => choice);
}

/** The key or the word itself, then what begins with it, then what has a word that does. */
function rankOf({label, keys = ''}: Choice, filter: string): number {
	const wanted = filter.toLowerCase();
	const [words, named] = [label.toLowerCase(), keys.toLowerCase().replace(/^:/u, '')];
	if (keys.split(' ').some((key) => key === filter || key === `:${wanted}`)) {
		return 0;
	}

	if (words.startsWith(wanted) || named.startsWith(wanted)) {
		return 1;
	}

	return words.includes(` ${wanted}`) ? 2 : 3;
}

function choices(kind: PickerOverlay['kind'], model: Picking): readonly Choice[] {
	switch (kind) {
		case 'contexts':
			return contextChoices(model.session);
		case 'namespaces':
			return namespaceChoices(model);
		case 'help':
			return [...keyChoices(model), ...wordChoices()];
		case 'used-by':
			return userChoices(model);
		case 'crossing':
			return crossingRows(model).map(entryChoice);
		case 'favourites':
			return favouriteChoices(model);
	}
}

function contextChoices({contexts}: SessionState): readonly Choice[] {
	return contexts.map(({name, cluster, namespace, current}) => ({
		label: name,
		name,
		current,
		note: [cluster === name ? '' : cluster, namespace].filter(Boolean).join('  '),
	}));
}

function namespaceChoices({session, ui}: Picking): readonly Choice[] {
	const numbers = numbered(ui.recent, session);
	const namespaces = session.namespaces.map((name) => ({
		label: name,
		name,
		keys: numbers.includes(name) ? String(numbers.indexOf(name) + 1) : undefined,
		current: session.namespace === name,
	}));
	return namespaces.length === 0
		? []
		: [{label: 'all namespaces', keys: '0', current: session.namespace === undefined}, ...namespaces];
}

/** Namespaces under the keys 1 to 9: those that were looked at, then the others by name. */
export function numbered(
	recent: readonly string[],
	{namespaces, namespace}: SessionState,
): readonly string[] {
	const first = [...recent, ...(namespace === undefined ? [] : [namespace])];
	return [...new Set([...first, ...namespaces])].slice(0, 9);
}

function byGroup(a: Binding, b: Binding): number {
	return bindingGroups.indexOf(a.group) - bindingGroups.indexOf(b.group);
}

function keyChoices(model: Picking): readonly Choice[] {
	return bindings()
		.toSorted(byGroup)
		.map(({command, keys, help, group}) => {
			const why = whyNot(command, model);
			return {
				label: help,
				keys: keys.map((name) => keyText(name, model.glyphs)).join(' '),
				current: false,
				note: why && `not now: ${why}`,
				command,
				group,
			};
		});
}

function wordChoices(): readonly Choice[] {
	return promptWords.map(({word, takes, help}) => ({
		label: help,
		keys: `:${word}${takes === '' ? '' : ` ${takes}`}`,
		current: false,
		word,
		group: 'Words after :',
	}));
}

function userChoices(model: Picking): readonly Choice[] {
	return [
		...usersOf(model).map(entryChoice),
		...crossable(model).map((ref) => ({
			label: `${ref.kind} ${ref.name}`,
			current: false,
			note: 'the paths that cross it',
			crosses: ref,
		})),
	];
}

function entryChoice({title, namespace, target, verdict}: EntryRow): Choice {
	return {
		label: title,
		current: false,
		note: [namespace, verdict].filter(Boolean).join('  '),
		target: {target, namespace},
	};
}

/** Those of the configuration, then what was pinned in any namespace. */
function favouriteChoices({ui, session}: Picking): readonly Choice[] {
	return [
		...ui.favourites.map((target) => ({
			label: target,
			current: false,
			target: {target, namespace: session.namespace},
		})),
		...pinsOf(ui, session).map(({title, namespace, target}) => ({
			label: title,
			current: false,
			note: namespace,
			target: {target, namespace},
		})),
	];
}

/** A picker with its cursor on what is chosen now. */
export function openPicker(kind: PickerOverlay['kind'], model: Picking): PickerOverlay {
	const overlay = {kind, filter: '', cursor: 0};
	const current = pickable(overlay, model).findIndex(({current}) => current);
	return {...overlay, cursor: Math.max(0, current)};
}
