import {UserError} from '../../errors.ts';

const units: Readonly<Record<string, number>> = {
	ns: 1e-6,
	us: 1e-3,
	µs: 1e-3,
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
};

/** Milliseconds of `--request-timeout`: whole seconds, or a Go duration (`1m30s`). 0 is no limit (clientcmd ParseTimeout). */
export function parseRequestTimeout(text: string): number {
	if (/^\d+$/.test(text)) {
		return Number(text) * 1000;
	}

	const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/gu)];
	if (text === '' || parts.map(([part]) => part).join('') !== text) {
		throw new UserError(`--request-timeout ${text}: expected seconds or a duration, as 30s or 1m30s`);
	}

	return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0), 0);
}
