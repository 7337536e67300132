import {UserError} from '../errors.ts';
import type {Flags} from './flags.ts';

const fallback = 30_000;

/** How long a command waits for the cluster, in milliseconds: `--request-timeout`, else 30 s. */
export function patienceOf({requestTimeout}: Flags): number {
	if (requestTimeout === undefined) {
		return fallback;
	}

	const milliseconds = goDuration(requestTimeout);
	if (milliseconds === undefined) {
		throw new UserError(
			`--request-timeout ${requestTimeout} is not a duration.`,
			'Write one such as 5s, 2m or 1m30s; 0 is no limit.',
		);
	}

	return milliseconds === 0 ? Number.MAX_SAFE_INTEGER : milliseconds;
}

const units: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/** A Go duration, or a bare number of seconds as kubectl takes it. Undefined: neither. */
function goDuration(text: string): number | undefined {
	if (/^\d+$/u.test(text)) {
		return Number(text) * 1000;
	}

	if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/u.test(text)) {
		return undefined;
	}

	return [...text.matchAll(/(?<amount>\d+(?:\.\d+)?)(?<unit>ms|s|m|h)/gu)].reduce(
		(sum, {groups}) => sum + Number(groups?.['amount']) * (units[groups?.['unit'] ?? ''] ?? 0),
		0,
	);
}
