import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestProject} from 'vitest/node';

declare module 'vitest' {
	// oxlint-disable-next-line typescript/consistent-type-definitions -- vitest merges it
	interface ProvidedContext {
		/** A directory for what several test files share; removed after the run. */
		readonly scratch: string;
	}
}

/** Vitest's global setup. */
export function setup({provide}: TestProject): () => void {
	const directory = mkdtempSync(join(tmpdir(), 'knet-tests-'));
	provide('scratch', directory);
	return () => rmSync(directory, {recursive: true, force: true});
}
