import {safe} from '../../model/safe-text/safe.ts';

/** What Node, libraries and the worker thread print while the screen is up: kept off the terminal. */
export type OutputLog = {
	add(text: string): void;
	/** The last lines, safe to print, each ending with a newline. */
	text(): string;
};

const mostLines = 200;
const longestLine = 1000;

export function createOutputLog(): OutputLog {
	let lines: readonly string[] = [];
	return {
		add(text) {
			const added = text
				.trimEnd()
				.split(/\r?\n/u)
				.map((line) => safe(line.slice(0, longestLine)));
			lines = [...lines, ...added].slice(-mostLines);
		},
		text: () => lines.map((line) => `${line}\n`).join(''),
	};
}

/** Has warnings of this thread written to the log; returns what ends that. */
export function divertWarnings(log: OutputLog): () => void {
	const printers = process.listeners('warning');
	const note = (warning: Error): void => log.add(warning.stack ?? String(warning));
	process.removeAllListeners('warning');
	process.on('warning', note);
	return () => {
		process.off('warning', note);
		printers.forEach((printer) => process.on('warning', printer));
	};
}
