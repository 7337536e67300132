import {writeFile} from 'node:fs/promises';

/** Writes the lines of a recording into a new file. Resolves to a sentence about what came of it. */
export async function saveRecording(
	file: string,
	lines: readonly string[],
): Promise<{readonly severity: 'info' | 'error'; readonly text: string}> {
	try {
		await writeFile(file, lines.map((line) => `${line}\n`).join(''), {flag: 'wx'});
		return {
			severity: 'info',
			text: `Saved: knet replay ${file}`,
		};
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		const reason = code === 'EEXIST' ? 'exists already' : `cannot be written: ${code ?? String(error)}`;
		return {severity: 'error', text: `${file} ${reason}.`};
	}
}

/** `knet-prod-2026-03-14T02-57-00.knetrec`: a name that every file system takes. A context may be named after knet itself. */
export function recordingName(context: string | undefined, at: number): string {
	const place = context?.replace(/^knet(?:-|$)/u, '');
	const words = ['knet', place, new Date(at).toISOString().slice(0, 19)].filter(Boolean);
	return `${words.join('-').replaceAll(/[^\w.-]+/gu, '-')}.knetrec`;
}
