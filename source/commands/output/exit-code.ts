import type {Finding} from '../../path/finding.ts';
import type {Hop} from '../../path/hop.ts';
import type {Path} from '../../path/report.ts';
import type {Scan} from '../../path/walk/scan.ts';
import type {FailOn} from '../flags/flags.ts';

/**
As `kubectl diff`, and the same for every output format: 0 every path works, 1 a finding at or above `failOn`, 2 could
not tell (nothing but unknown). Findings that somebody ignores count for nothing, and neither does what rests on them alone.
*/
export function exitCode(paths: readonly Path[], failOn: FailOn): 0 | 1 | 2 {
	if (failOn === 'never') {
		return 0;
	}

	const findings = paths.flatMap(({hops}) => hops.flatMap((hop) => hop.findings)).filter(counts);
	const severities = new Set(findings.map(({severity}) => severity));
	const isBroken =
		severities.has('error') || paths.some((path) => path.verdict === 'broken' && isOpen(path, 'broken'));
	const isUnknown = paths.some((path) => path.verdict !== 'broken' && isOpen(path, 'unknown'));
	if (isBroken || (failOn !== 'error' && severities.has('warning')) || (failOn === 'unknown' && isUnknown)) {
		return 1;
	}

	return paths.length === 0 || isUnknown ? 2 : 0;
}

function counts({ignored}: Finding): boolean {
	return ignored === undefined;
}

/** Whether a path, or a hop of it, has a status for which not every finding is ignored. */
function isOpen({verdict, hops}: Path, status: 'broken' | 'unknown'): boolean {
	const such = hops.filter((hop) => hop.status === status);
	return such.length > 0 ? such.some(isHopOpen) : verdict === status;
}

/** A hop may be what it is without a finding that says so. */
function isHopOpen({findings, status}: Hop): boolean {
	const causes = findings.filter(({severity, undecided}) =>
		status === 'broken' ? severity === 'error' : undecided === true,
	);
	return causes.length === 0 || causes.some(counts);
}

/** The exit code for many entries. Where there is none nothing is proven, and entries that could not be listed are not known to be well. */
export function scanExitCode(
	{paths, verdict, findings = []}: Pick<Scan, 'paths' | 'verdict' | 'findings'>,
	failOn: FailOn,
): 0 | 1 | 2 {
	const code = exitCode(paths, failOn);
	const isUnseen = code === 0 && verdict === 'unknown' && findings.length > 0 && failOn !== 'never';
	return isUnseen ? (failOn === 'unknown' ? 1 : 2) : code;
}

/** Documents of the input were left out: of what they hold nothing is proven (kubectl: exit 1 for a directory with a broken file). */
export function withLeftOut(
	code: 0 | 1 | 2,
	{faults = []}: {readonly faults?: readonly string[]},
	failOn: FailOn,
): 0 | 1 | 2 {
	return code === 0 && faults.length > 0 && failOn !== 'never' ? 2 : code;
}
