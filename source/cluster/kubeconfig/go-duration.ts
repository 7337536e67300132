import {UserError} from '../../errors.ts';

const units: Readonly<Record<string, number>> = {
	ns: 1e-6,
	us: 1e-3,
	'\u00b5s': 1e-3,
	'\u03bcs': 1e-3,
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
};

const duration = /^\+?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/u;

/**
Milliseconds of `--request-timeout`: whole seconds, or a Go duration (`1m30s`). 0 is no limit. As clientcmd.ParseTimeout and
time.ParseDuration, but a negative one is refused: kubectl takes it, and fails every request.
*/
export function parseRequestTimeout(text: string): number {
	if (/^\+?\d+$/u.test(text)) {
		return Number(text) * 1000;
	}

	if (!duration.test(text)) {
		throw new UserError(
			`--request-timeout ${text} is not a duration.`,
			'Write seconds, or one such as 5s, 2m or 1m30s; 0 is no limit.',
		);
	}

	return [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/gu)].reduce(
		(sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0),
		0,
	);
}
