import type {Ground} from './data-source.ts';

type SwitcherOptions = {
	readonly open: (context: string) => Promise<Ground>;
	readonly onOpened: (ground: Ground) => void;
	/** One sentence. */
	readonly onProblem: (text: string) => void;
};

/** Opens contexts; when several were asked for, the last one wins, whichever answers first. */
export function createSwitcher({
	open,
	onOpened,
	onProblem,
}: SwitcherOptions): (context: string) => Promise<void> {
	let turns = 0;
	return async (context) => {
		const turn = ++turns;
		const ground = await open(context).catch((error: unknown) => {
			onProblem(`${context}: ${error instanceof Error ? error.message : String(error)}`);
		});
		if (ground && turn === turns) {
			onOpened(ground);
		} else {
			await ground?.close();
		}
	};
}
