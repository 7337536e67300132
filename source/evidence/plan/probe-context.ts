import type {ObjectRef} from '../../model/ref.ts';
import type {Service, ServicePort} from '../../model/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Details} from '../../path/details.ts';
import type {HopKind} from '../../path/hop.ts';
import type {Path, Trace} from '../../path/report.ts';
import type {Machine} from '../machine.ts';

/** What a plan is made for: one path, as it was walked, and the objects behind it. */
export type ProbeContext = {
	readonly snapshot: Snapshot;
	readonly trace: Trace;
	readonly path: Path;
	readonly machine: Pick<Machine, 'resolvers'>;
	/** Absent where the path is not one of HTTP. */
	readonly request?: ProbeRequest;
	/** The Service whose pods the request should reach, and its port. */
	readonly service?: Service;
	readonly port?: ServicePort;
};

export type ProbeRequest = {
	readonly scheme: 'http' | 'https';
	readonly host: string;
	readonly port: number;
	/** Host header: with a port that is not the scheme's own. */
	readonly authority: string;
	readonly urlPath: string;
	readonly method: 'GET' | 'HEAD';
};

export function probeContextOf(
	snapshot: Snapshot,
	trace: Trace,
	{path, machine}: {readonly path: Path; readonly machine: Pick<Machine, 'resolvers'>},
): ProbeContext {
	const service = serviceAt(snapshot, hopOf(path, 'service')?.subject);
	const requested = detailsOf(path, 'service')?.port;
	return {
		snapshot,
		trace,
		path,
		machine,
		request: requestOf(path.title),
		service,
		port:
			service?.ports.find(
				({port, protocol}) => port === requested?.port && protocol === requested.protocol,
			) ?? onlyOf(service?.ports ?? []),
	};
}

export function hopOf(path: Path, kind: HopKind) {
	return path.hops.find((hop) => hop.kind === kind);
}

export function detailsOf<K extends HopKind>(path: Path, kind: K): Details[K] | undefined {
	return hopOf(path, kind)?.details as Details[K] | undefined;
}

export function serviceAt(snapshot: Snapshot, ref: ObjectRef | undefined): Service | undefined {
	return ref?.kind === 'Service' ? snapshot.get('Service', ref.namespace ?? '', ref.name) : undefined;
}

function onlyOf<T>(items: readonly T[]): T | undefined {
	return items.length === 1 ? items[0] : undefined;
}

/** The URL that a path's title begins with. */
function requestOf(title: string): ProbeRequest | undefined {
	const url = /^https?:\/\/\S+/u.exec(title)?.[0];
	if (url === undefined || !URL.canParse(url)) {
		return undefined;
	}

	const {protocol, hostname, host, port, pathname, search} = new URL(url);
	const scheme = protocol === 'https:' ? 'https' : 'http';
	// Any host, or a wildcard: nobody can say which to ask for.
	return hostname.includes('*')
		? undefined
		: {
				scheme,
				host: hostname.replaceAll(/^\[|\]$/gu, ''),
				port: port === '' ? (scheme === 'https' ? 443 : 80) : Number(port),
				authority: host,
				urlPath: `${pathname}${search}`,
				method: 'GET',
			};
}
