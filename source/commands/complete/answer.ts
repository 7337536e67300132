import {safe} from '../../model/safe.ts';
import type {Terminal} from '../output/terminal.ts';
import {complete} from './complete.ts';
import type {Candidates} from './situation.ts';

/** A key press that waits longer feels broken: then there is nothing to offer. Milliseconds since the start of the process. */
const patience = 250;

/**
`knet __complete WORD…`: candidates one a line, `value<tab>what it is`, and a last line `:N`, as programs made with cobra answer,
so that kubectl asks its plugins this way too. N: 2 no space behind, 4 no files. Resolves always, and says nothing of faults.
*/
export async function answer(words: readonly string[], {print, env}: Terminal): Promise<number> {
	const late = new Promise<Candidates>((resolve) => {
		setTimeout(() => resolve({candidates: []}), Math.max(50, patience - performance.now())).unref();
	});
	const found = complete(words, env).catch((): Candidates => ({candidates: []}));
	const {candidates, files, open} = await Promise.race([found, late]);
	const prefix = words.at(-1) ?? '';
	const fitting = candidates.filter(({value}) => value.startsWith(prefix));
	const lines = fitting.map(({value, about}) => (about ? `${safe(value)}\t${safe(about)}` : safe(value)));
	const isOpen = open === true && fitting.every(({value}) => /[/=]$/u.test(value));
	print([...lines, `:${(isOpen ? 2 : 0) + (files ? 0 : 4)}`, ''].join('\n'));
	return 0;
}
