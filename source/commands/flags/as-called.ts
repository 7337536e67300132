import type {Finding} from '../../path/finding.ts';
import type {Marking} from '../../path/ignore.ts';
import {isCommand} from '../command-table.ts';

/** Commands in texts name the program as it was called: who has kubectl's plugin may have no `knet` on the PATH. */
export function asCalled(text: string, program: string | undefined): string {
	if (program === undefined || program === 'knet') {
		return text;
	}

	return text.replaceAll(/(?<!kubectl )\bknet (?<word>--help|[a-z]+)/gu, (hint, word: string) =>
		isCommand(word) || ['--help', 'takes'].includes(word) ? `${program} ${word}` : hint,
	);
}

/** The same for what findings say to do, which a session shows and copies. */
export function markAsCalled(mark: Marking, program: string | undefined): Marking {
	const named = (finding: Finding): Finding => ({
		...finding,
		remedy: asCalled(finding.remedy, program),
		command: finding.command && asCalled(finding.command, program),
	});
	return (paths, snapshot) =>
		mark(paths, snapshot).map((path) => ({
			...path,
			hops: path.hops.map((hop) => ({...hop, findings: hop.findings.map(named)})),
		}));
}
