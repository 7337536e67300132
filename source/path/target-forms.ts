import type {Target} from './target.ts';

/** A parsed text, or what was wrong with it and what would be right. */
export type Parsed<T> = {readonly value: T} | {readonly problem: string; readonly next: string};

export function parsePort(
	port: string | undefined,
	text: string,
	make: (port: number | string | undefined) => Target,
): Parsed<Target> {
	if (port === undefined || !/^\d+$/u.test(port)) {
		return {value: make(port)};
	}

	const number = Number(port);
	return number >= 1 && number <= 65_535
		? {value: make(number)}
		: {
				problem: `"${text}" has port ${port}; ports go from 1 to 65535`,
				next: 'Give a port number in that range, or a port name.',
			};
}

export const forms =
	'https://host/path, host/path, svc/NAME[:PORT], deploy/NAME, ing/NAME, httproute/NAME, gateway/NAME, pod/NAME:PORT, node/NAME:PORT or IP:PORT';
