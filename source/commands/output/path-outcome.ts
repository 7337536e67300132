import type {Path} from '../../path/report.ts';

/** The parts of a path whose change is news for `-w`. */
export function pathOutcome({title, hops}: Path): object {
	return {
		title,
		hops: hops.map(({kind, status, findings}) => ({kind, status, codes: findings.map(({code}) => code)})),
	};
}
