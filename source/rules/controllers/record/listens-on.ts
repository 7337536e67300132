import type {Snapshot} from '../../../model/snapshot.ts';
import type {Facts, Flags} from './facts.ts';

/** The ports of TCP on which a proxy listens. */
type Listens = {
	/** For requests. */
	readonly requests: readonly number[];
	/** For something else by default, such as health checks: they accept connections, too. */
	readonly beside: readonly number[];
};

/** Undefined: not all ports are known. */
export type ListensOn = (
	snapshot: Snapshot,
	/** `unreadSettings`: where further settings stand that cannot be read. */
	controller: Facts & {readonly unreadSettings?: string},
) => Listens | undefined;

/** The ports of flags, each with its default; undefined where a value is no port. */
export function portsOf(
	flags: Flags,
	usual: Readonly<Record<string, number>>,
): readonly number[] | undefined {
	const ports = Object.entries(usual).map(([flag, port]) => Number(flags[flag] ?? port));
	return ports.every((port) => port > 0) ? ports : undefined;
}

export function isAnyGiven(flags: Flags, names: readonly string[]): boolean {
	return names.some((name) => flags[name] !== undefined);
}
