import {mainFinding} from '../path/main-finding.ts';
import type {Finding} from '../path/finding.ts';
import type {Hop} from '../path/hop.ts';
import type {Path} from '../path/report.ts';

/** A first list is on its way, and nothing is known to keep it: that is no fault, and soon over. */
function isOnItsWay({access, evidence}: Finding): boolean {
	return access === 'pending' && evidence.every(({value}) => value === 'not synced');
}

/** Whether nothing but lists on their way keep a hop from a verdict. */
export function isHopStillRead({status, findings}: Hop): boolean {
	const undecided = findings.filter((finding) => finding.undecided);
	return status === 'unknown' && undecided.length > 0 && undecided.every(isOnItsWay);
}

/** What is still read before the path has a verdict: `EndpointSlice, Pod objects`. Undefined where something else keeps it from one. */
export function stillReading(path: Path): string | undefined {
	const main = path.verdict === 'unknown' ? mainFinding(path) : undefined;
	if (!main || !isOnItsWay(main.finding)) {
		return undefined;
	}

	return readOf(path.hops);
}

/** `EndpointSlice, Pod objects`. */
export function readOf(hops: readonly Hop[]): string {
	const findings = hops.flatMap((hop) => hop.findings).filter(isOnItsWay);
	const kinds = [...new Set(findings.flatMap(({evidence}) => evidence.map(({object}) => object)))];
	return `${kinds.slice(0, 3).join(', ')}${kinds.length > 3 ? ' and other' : ''} objects`;
}
