import type {Target} from './target.ts';

/** A parsed text, or what was wrong with it and what would be right. */
export type Parsed<T> = {readonly value: T} | {readonly problem: string; readonly next: string};

/** A name has a letter; the list writes a protocol behind it. Source: Kubernetes, IsValidPortName and DNS labels. */
const portName =
	/^(?=[^/]*[a-z])[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\/(?:tcp|udp|sctp))?$|^\d+\/(?:tcp|udp|sctp)$/iu;

const next = 'Give a number from 1 to 65535, or a port name.';

export function parsePort(
	port: string | undefined,
	text: string,
	make: (port: number | string | undefined) => Target,
): Parsed<Target> {
	if (port === undefined || portName.test(port)) {
		return {value: make(port)};
	}

	if (!/^\d+$/u.test(port)) {
		return {problem: `"${text}" has port ${port}, which is no number and no name of a port`, next};
	}

	const number = Number(port);
	return number >= 1 && number <= 65_535
		? {value: make(number)}
		: {
				problem: `"${text}" has port ${port}; ports go from 1 to 65535`,
				next,
			};
}

export const forms =
	'https://host/path, host/path, svc/NAME[:PORT], deploy/NAME, ing/NAME, httproute/NAME, gateway/NAME, pod/NAME:PORT, node/NAME:PORT or IP:PORT';
