import type {Severity} from '../path/finding.ts';
import type {Path} from '../path/report.ts';
import type {Scan} from '../path/walk/scan.ts';
import type {FailOn} from './flags.ts';

/**
As `kubectl diff`, and the same for every output format: 0 every path works, 1 a finding at or above `failOn`, 2 could
not tell (nothing but unknown).
*/
export function exitCode(paths: readonly Path[], failOn: FailOn): 0 | 1 | 2 {
	if (failOn === 'never') {
		return 0;
	}

	const severities = new Set<Severity>(
		paths.flatMap(({hops}) => hops.flatMap(({findings}) => findings.map(({severity}) => severity))),
	);
	const isBroken = severities.has('error') || paths.some(({verdict}) => verdict === 'broken');
	const isUnknown = paths.some(
		({hops, verdict}) =>
			verdict !== 'broken' && [verdict, ...hops.map(({status}) => status)].includes('unknown'),
	);
	if (isBroken || (failOn !== 'error' && severities.has('warning')) || (failOn === 'unknown' && isUnknown)) {
		return 1;
	}

	return paths.length === 0 || isUnknown ? 2 : 0;
}

/** Of many entries. Where there is none nothing is proven, and entries that could not be listed are not known to be well. */
export function scanExitCode({paths, verdict}: Pick<Scan, 'paths' | 'verdict'>, failOn: FailOn): 0 | 1 | 2 {
	const code = exitCode(paths, failOn);
	const isUnseen = code === 0 && verdict === 'unknown' && failOn !== 'never';
	return isUnseen ? (failOn === 'unknown' ? 1 : 2) : code;
}
