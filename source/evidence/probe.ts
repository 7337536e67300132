import type {Connection} from '../cluster/connection.ts';
import type {Evidence} from '../model/evidence.ts';
import type {Machine} from './machine.ts';

/** What a probe may use. Nothing is sent but by these. */
export type ProbeTools = {
	readonly connection: Connection;
	readonly machine: Machine;
	/** Milliseconds since the epoch. */
	readonly clock: () => number;
	/** Ends the probe: by its deadline or by the person. */
	readonly signal: AbortSignal;
	/** Says who asks, in HTTP. */
	readonly userAgent: string;
};

/** One thing that is sent, said before it is sent. */
export type Check = {
	/** What is sent, from where, to what. */
	readonly sentence: string;
	/** As in `create pods/portforward in namespace shop`; absent where none is needed. */
	readonly permission?: string;
	/** Made only where this machine reaches the pods' network. */
	readonly needsPodNetwork?: true;
	/** Objects it rests on: `Kind/namespace/name` → resourceVersion. */
	readonly of: Readonly<Record<string, string>>;
	/** Which of these make it worth asking again when they change. Default: all of them. */
	readonly restsOn?: Readonly<Record<string, string>>;
	/** Resolves always: what could not be asked is a result as well. */
	run(tools: ProbeTools): Promise<readonly Evidence[]>;
};
