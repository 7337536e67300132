import type {Path} from '../../path/report.ts';

/** What of a path is news when it is watched. */
export function pathOutcome({title, hops}: Path): object {
	return {
		title,
		hops: hops.map(({kind, status, findings}) => ({kind, status, codes: findings.map(({code}) => code)})),
	};
}
