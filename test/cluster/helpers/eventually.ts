import {setTimeout as pause} from 'node:timers/promises';

const interval = 250;

export type CommandTimeout = {
	/** Milliseconds. */
	readonly within?: number;
	/** Said when it does not come to it. */
	readonly describe?: (last: unknown) => string;
};

/** Looks again until a value fits, and gives it; fails with the last one. */
export async function eventually<T>(
	look: () => Promise<T> | T,
	fits: (value: T) => boolean,
	{within = 60_000, describe = (last) => JSON.stringify(last)}: CommandTimeout = {},
): Promise<T> {
	const end = performance.now() + within;
	for (;;) {
		const value = await look();
		if (fits(value)) {
			return value;
		}

		if (performance.now() > end) {
			throw new Error(`It did not come to this: ${fits.toString()}\n${describe(value)}`);
		}

		await pause(interval);
	}
}
