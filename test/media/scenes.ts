/** One moment of the film: what is typed, what the screen then shows, and for how long it stands. */
export type Scene = {
	/** The picture `media/NAME.svg` is this moment. */
	readonly name: string;
	readonly keys: string;
	readonly shows: RegExp;
	readonly seconds: number;
};

export const size = {columns: 112, rows: 30} as const;

export const scenario = 'not-ready';

/** What the README tells: the cause without a key, its proof with one, and the rest of the way. */
export const scenes: readonly Scene[] = [
	// Ages of two digits: sentences are as long, and as cut, in each play.
	{name: 'explorer', keys: '', shows: /● live.*Causes 1.*ready for\s+[1-5]\ds.*KNET702/su, seconds: 6},
	{name: 'log', keys: 'l', shows: /GET \/healthz 500/u, seconds: 5},
	{name: 'pods', keys: 'q\r', shows: /POD +STATE.*scroll/su, seconds: 5},
	{name: 'yaml', keys: 'y', shows: /decided/u, seconds: 5},
];

/** Words that tell what a screen is about: ages, what is cut, and titles that give way to ages are left out. */
export function wordsOf(screen: string): ReadonlySet<string> {
	const whole = screen.replaceAll(/^.*╭.*$/gmu, ' ').replaceAll(/\S*…/gu, ' ');
	return new Set(whole.match(/(?<![\w.])[A-Za-z]{4,}(?![\w.])/gu));
}
