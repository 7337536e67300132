import type {Finding} from './finding.ts';
import type {Hop} from './hop.ts';
import type {Path} from './report.ts';

type Found = {readonly hop: Hop; readonly finding: Finding};

/** The finding to name in one line: the root cause; else what makes the path what it is, an error before all. */
export function mainFinding({hops, rootCause, verdict}: Path): Found | undefined {
	const all = hops.flatMap((hop) => hop.findings.map((finding) => ({hop, finding})));
	const undecided = all.find(({finding}) => finding.undecided);
	return (
		all.find(({finding}) => finding.code === rootCause) ??
		all.find(({finding}) => finding.severity === 'error') ??
		(verdict === 'unknown' ? undecided : undefined) ??
		firstWarning(all) ??
		undecided ??
		all.find(({hop}) => hop.status === 'degraded')
	);
}

/** "1 of 2 endpoints is not ready" is said of the same pod as "its image cannot be pulled", which says why. */
function firstWarning(all: readonly Found[]): Found | undefined {
	const warnings = all.filter(({finding}) => finding.severity === 'warning');
	const [first] = warnings;
	return warnings.find(({hop, finding}) => hop !== first?.hop && isOfSame(finding, first!.finding)) ?? first;
}

function isOfSame({evidence}: Finding, other: Finding): boolean {
	return evidence.some(
		({object}) => object.startsWith('Pod/') && other.evidence.some((field) => field.object === object),
	);
}
