import type {Finding} from './finding.ts';
import type {HopStatus} from './hop.ts';

/** The status that findings alone imply: an error breaks, "cannot be decided" is unknown, a warning degrades. */
export function statusOf(findings: readonly Finding[]): HopStatus {
	if (findings.some(({severity}) => severity === 'error')) {
		return 'broken';
	}

	if (findings.some(({undecided}) => undecided)) {
		return 'unknown';
	}

	return findings.some(({severity}) => severity === 'warning') ? 'degraded' : 'ok';
}
