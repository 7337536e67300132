import {nearest} from '../path/nearest.ts';
import {isTargetKind} from '../path/object-names.ts';
import type {SessionState} from '../session/state.ts';
import {ask, isTraceOptionWord} from './ask.ts';
import {fromStart, run} from './commands.ts';
import type {Model} from './model.ts';
import {promptWords} from './prompt-words.ts';
import {flash, step, type Step} from './step.ts';

const words: readonly string[] = promptWords.map(({word}) => word);

/** What may be meant by what was typed so far after `:`, the likeliest first. */
export function suggestions(text: string, session: SessionState): readonly string[] {
	if (text === '') {
		return words;
	}

	const [word, rest] = split(text);
	const candidates =
		rest === undefined
			? [...words, ...session.entries.flatMap(({target, title}) => [target, title])]
			: argumentsOf(word, session).map((name) => `${word} ${name}`);
	return [...new Set(candidates)]
		.filter((candidate) => candidate !== text && candidate.startsWith(text))
		.slice(0, 8);
}

function argumentsOf(word: string, session: SessionState): readonly string[] {
	switch (word) {
		case 'ns': {
			return ['all', ...session.namespaces];
		}

		case 'ctx': {
			return session.contexts.map(({name}) => name);
		}

		case 'from': {
			return ['external', 'node/', 'pod/'];
		}

		case 'method': {
			return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
		}

		default: {
			return [];
		}
	}
}

function split(text: string): readonly [string, string | undefined] {
	const space = text.indexOf(' ');
	return space < 0 ? [text, undefined] : [text.slice(0, space), text.slice(space + 1)];
}

/** Does what was typed after `:`. What is no command is a target. */
export function runPrompt(text: string, model: Model): Step {
	const {ui, session} = model;
	const [word, rest] = split(text.trim());
	const name = rest?.trim();
	if (isTraceOptionWord(word)) {
		return ask(word, name, model);
	}

	switch (word) {
		case '': {
			return step(ui);
		}

		case 'q':
		case 'quit': {
			return step(ui, {type: 'exit'});
		}

		case 'ns': {
			const namespace = name === 'all' ? undefined : name;
			return name
				? step(fromStart(ui), {
						type: 'session',
						action: {type: 'namespace', namespace},
					})
				: run('namespaces', model);
		}

		case 'ctx': {
			return name ? switchContext(name, model) : run('contexts', model);
		}

		case 'kinds':
		case 'help':
		case 'suspend': {
			return run(word, model);
		}

		default: {
			// In k9s the word of a kind lists its objects; here a host of that name would be opened.
			if (isTargetKind(text.trim())) {
				return step(flash(model, `${word}/NAME opens one; / filters the list`, 'degraded'));
			}

			const opened = openedBy(text.trim(), session);
			return isBareWord(text.trim()) && !isHostOfEntry(text.trim(), session)
				? step(flash(model, noCommand(text.trim()), 'degraded'))
				: step({...ui, opened, focus: 'path', detailTop: 0});
		}
	}
}

function switchContext(name: string, model: Model): Step {
	return model.session.contexts.some((context) => context.name === name)
		? step(fromStart(model.ui), {type: 'session', action: {type: 'context', context: name}})
		: step(flash(model, `there is no context ${name}`, 'degraded'));
}

/** Without dot, slash and colon: far likelier a command with a slip than a host. */
function isBareWord(text: string): boolean {
	return /^[\w-]+$/u.test(text);
}

function isHostOfEntry(word: string, {entries}: SessionState): boolean {
	const wanted = word.toLowerCase();
	return entries.some(({title, target}) => hostOf(title) === wanted || hostOf(target) === wanted);
}

function hostOf(text: string): string | undefined {
	return text
		.toLowerCase()
		.replace(/^https?:\/\//u, '')
		.split(/[/:]/u)[0];
}

function noCommand(word: string): string {
	const like = nearest(word, words).slice(0, 2);
	return like.length > 0
		? `no command ${word}; did you mean ${like.join(' or ')}?`
		: `no command ${word}; a host is written with its path: ${word}/`;
}

/** A title of an entry is as good as its target. */
function openedBy(text: string, session: SessionState) {
	const entry = session.entries.find(({title, target}) => target === text || title === text);
	if (entry) {
		return {target: entry.target, namespace: entry.namespace};
	}

	return {target: text, namespace: session.namespace};
}
