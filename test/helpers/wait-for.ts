import {vi} from 'vitest';

/** Resolves when the assertion holds, and fails with its last error. Only what hangs comes to the limit. */
export function waitFor(assertion: () => unknown, interval = 5): Promise<unknown> {
	return vi.waitFor(assertion, {timeout: 180_000, interval});
}
