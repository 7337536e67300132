import {messageOf} from '../errors.ts';
import type {DataSource} from './data-source.ts';

type SwitcherOptions = {
	readonly open: (context: string) => Promise<DataSource>;
	readonly onOpened: (dataSource: DataSource) => void;
	/** One sentence. */
	readonly onProblem: (text: string) => void;
};

/** Opens contexts. Of several requests the last one wins, whichever answers first. */
export function createSwitcher({
	open,
	onOpened,
	onProblem,
}: SwitcherOptions): (context: string) => Promise<void> {
	let turns = 0;
	return async (context) => {
		const turn = ++turns;
		const dataSource = await open(context).catch((error: unknown) => {
			onProblem(`${context}: ${messageOf(error)}`);
		});
		if (dataSource && turn === turns) {
			onOpened(dataSource);
		} else {
			await dataSource?.close();
		}
	};
}
