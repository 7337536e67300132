import {safe} from '../../model/safe-text/safe.ts';
import type {Terminal} from '../output/terminal.ts';
import {askLater, endBackground, inBackground} from './ask-later.ts';
import {complete} from './complete.ts';
import type {Candidates} from './situation.ts';

/** A key press that waits longer feels broken: then names of the last time are offered, or none. Milliseconds since the start of the process. */
const patience = 190;
/** In the background: a cluster that takes longer is dead. */
const longPatience = 10_000;

/**
`knet __complete WORD…`: candidates one a line, `value<tab>what it is`, and a last line `:N`, as programs made with cobra answer,
so that kubectl asks its plugins this way too. N: 2 no space behind, 4 no files. Resolves always, and says nothing of faults.
*/
export async function answer(
	given: readonly string[],
	{print, env}: Terminal,
	asker: 'shell' | 'kubectl' = 'shell',
): Promise<number> {
	const words = withoutQuotes(given);
	if (env[inBackground]) {
		await Promise.race([complete(words, env).catch(() => {}), after(longPatience)]);
		await endBackground(env);
		return 0;
	}

	const over = after(patience);
	let asking: Promise<void> | undefined;
	const ask = async () => (asking ??= askLater(env));
	const found = complete(words, env, {over, askLater: ask});
	const none: Candidates = {candidates: []};
	// A machine so busy that not even the question was asked in time asks it in the background, too.
	const late = over
		.then(() => after(patience, Math.max(60, performance.now())))
		.then(ask)
		.then(() => none);
	const {candidates, files, open} = await Promise.race([found.catch(() => none), late]);
	const prefix = words.at(-1) ?? '';
	const fitting = candidates.filter(({value}) => value.startsWith(prefix));
	const isOpen = open === true && fitting.every(({value}) => /[/=]$/u.test(value));
	// kubectl's scripts put `--flag=` before each value themselves.
	const kept = asker === 'kubectl' ? (/^--[a-z-]+=/u.exec(prefix)?.[0].length ?? 0) : 0;
	const lines = fitting.map(({value, about}) => lineOf(safe(value.slice(kept)), about));
	print([...lines, `:${(isOpen ? 2 : 0) + (files ? 0 : 4)}`, ''].join('\n'));
	return 0;
}

function lineOf(value: string, about: string | undefined): string {
	return about ? `${value}\t${safe(about)}` : value;
}

/** Older PowerShells drop an empty argument, so its script sends `""`; newer ones hand over these two characters. */
function withoutQuotes(words: readonly string[]): readonly string[] {
	return words.at(-1) === '""' ? [...words.slice(0, -1), ''] : words;
}

/** Milliseconds since the start of the process, but from now on as many at least: a busy machine may have used them up. */
async function after(milliseconds: number, atLeast = 30): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, Math.max(atLeast, milliseconds - performance.now())).unref();
	});
}
