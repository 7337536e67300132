import type {Flags} from './flags.ts';
import type {ReportMetadata} from '../../view/report/report.ts';
import type {PositionOf} from '../../view/report/found.ts';

export type PrintOptions = {
	readonly flags: Flags;
	readonly metadata: ReportMetadata;
	readonly env: NodeJS.ProcessEnv;
	readonly isTerminal: boolean;
	/** Columns of the terminal; absent: lines are not wrapped. */
	readonly columns?: number;
	/** Where objects stand in files. */
	readonly positionOf?: PositionOf;
};
