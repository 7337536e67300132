import type {NodeService, RuleSet} from '../../model/evidence.ts';
import {ipText, parseIp} from '../../model/matching/ip.ts';
import type {IpFamily, Protocol} from '../../model/services/service.ts';
import {safe} from '../../model/safe-text/safe.ts';

export type Backend = NodeService['backends'][number];

/** Gathers what a dump says, Service port by Service port, of both families. */
export type RuleSetBuilder = {
	send(key: string, side: 'backends' | 'external', backends: readonly Backend[]): void;
	refuse(key: string, how: 'rejects' | 'drops'): void;
	/** A line that could not be read. */
	skip(line: string): void;
	build(): RuleSet;
};

type Draft = {
	-readonly [Field in keyof NodeService]: NodeService[Field] extends readonly Backend[] ? Backend[] : boolean;
};

const mostUnread = 5;
const longestUnread = 120;

export function createRuleSetBuilder(
	mode: RuleSet['mode'],
	families: () => readonly IpFamily[],
): RuleSetBuilder {
	const services = new Map<string, Draft>();
	const unread: string[] = [];
	const draft = (key: string): Draft => {
		const found = services.get(key) ?? {backends: [], external: [], rejects: false, drops: false};
		services.set(key, found);
		return found;
	};

	return {
		send(key, side, backends) {
			const list = draft(key)[side];
			const held = new Set(list.map(({address, port}) => `${address} ${port}`));
			list.push(...backends.filter(({address, port}) => !held.has(`${address} ${port}`)));
		},
		refuse(key, how) {
			draft(key)[how] = true;
		},
		skip(line) {
			if (unread.length < mostUnread) {
				unread.push(safe(line.slice(0, longestUnread)));
			}
		},
		build: () => ({mode, families: families(), services: Object.fromEntries(services), unread}),
	};
}

/**
Key of a RuleSet, out of `namespace/name:port` or `namespace/name`. Undefined for what cannot be names of Kubernetes
(RFC 1123), so that a dump can bring in nothing else.
*/
export function serviceKey(name: string, protocol: string | undefined): string | undefined {
	const parts = /^([a-z\d][a-z\d.-]*\/[a-z\d][a-z\d.-]*)(?::([a-z\d-]*))?$/.exec(name);
	const upper = toProtocol(protocol);
	return parts && upper ? `${parts[1]}:${parts[2] ?? ''}/${upper}` : undefined;
}

/** By name in either case, or by number (IANA). */
export function toProtocol(text: string | undefined): Protocol | undefined {
	switch (text?.toLowerCase() ?? '') {
		case 'tcp':
		case '6':
			return 'TCP';
		case 'udp':
		case '17':
			return 'UDP';
		case 'sctp':
		case '132':
			return 'SCTP';
		default:
			return undefined;
	}
}

/** `10.0.0.1:80` or `[fd00::1]:80`, with the address in its canonical form. */
export function parseHostPort(text: string): {readonly address: string; readonly port: number} | undefined {
	const [, bracketed, plain, digits = ''] = /^(?:\[([^\]]{1,45})\]|([^:]{1,45})):(\d{1,5})$/.exec(text) ?? [];
	const ip = parseIp(bracketed ?? plain ?? '');
	return ip && {address: ipText(ip), port: Number(digits)};
}
