import type {Version} from './facts.ts';

/** A version that is not known counts as the newest. */
export function isBefore(version: Version | undefined, other: Version): boolean {
	const differs = version?.findIndex((part, index) => part !== other[index]) ?? -1;
	return version !== undefined && differs !== -1 && version[differs]! < other[differs]!;
}
