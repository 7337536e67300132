import type {Finding} from './finding.ts';
import type {Hop} from './hop.ts';
import type {Path} from './report.ts';

type Found = {readonly hop: Hop; readonly finding: Finding};

/** The finding to name in one line: the root cause; else an error, what is undecided, the first warning. */
export function mainFinding({hops, rootCause}: Path): Found | undefined {
	const all = hops.flatMap((hop) => hop.findings.map((finding) => ({hop, finding})));
	return (
		all.find(({finding}) => finding.code === rootCause) ??
		all.find(({finding}) => finding.severity === 'error') ??
		all.find(({finding}) => finding.undecided) ??
		all.find(({finding}) => finding.severity === 'warning')
	);
}
