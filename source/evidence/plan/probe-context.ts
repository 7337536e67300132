import {joinHostPort} from '../../model/matching/ip.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {HttpRequest} from '../../model/request.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Details} from '../../path/details.ts';
import type {HopKind} from '../../path/hop-kind.ts';
import type {Path, Trace} from '../../path/report.ts';
import type {Machine} from '../machine.ts';

/** What a plan is made for: one path, as it was walked, and the objects behind it. */
export type ProbeContext = {
	readonly snapshot: Snapshot;
	readonly trace: Trace;
	readonly path: Path;
	readonly machine: Pick<Machine, 'resolvers'>;
	/** Absent where the path is not one of HTTP, or its rules take any host: nobody can say which to ask for. */
	readonly request?: ProbeRequest;
	/** The Service whose pods the request should reach, and its port. */
	readonly service?: Service;
	readonly port?: ServicePort;
};

export type ProbeRequest = {
	readonly scheme: 'http' | 'https';
	/** The name to look up and to name in TLS. */
	readonly serverName: string;
	/** The host that rules see. */
	readonly host: string;
	readonly port: number;
	/** Host header: with a port that is not the scheme's own. */
	readonly authority: string;
	/** With the query. */
	readonly urlPath: string;
	/** Absent: the method may change something (RFC 9110 §9.2.1), so no HTTP is sent. */
	readonly method?: 'GET' | 'HEAD';
	readonly headers: HttpRequest['headers'];
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
		request: path.request && probeRequest(path.request),
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

function probeRequest(request: HttpRequest): ProbeRequest | undefined {
	const {scheme, host, connectTo: serverName = host, port, urlPath, method, headers, query} = request;
	const isHostHeader = ({name}: {readonly name: string}) => /^(?:host|:authority)$/iu.test(name);
	const search = new URLSearchParams(
		query.map(({name, value}): [string, string] => [name, value]),
	).toString();
	return host === '' || `${host}${serverName}`.includes('*')
		? undefined
		: {
				scheme,
				serverName,
				host,
				port,
				authority: headers.findLast(isHostHeader)?.value ?? authorityOf(scheme, host, port),
				urlPath: search === '' ? urlPath : `${urlPath}?${search}`,
				method: method === 'GET' || method === 'HEAD' ? method : undefined,
				headers: headers.filter(
					(header) => !isHostHeader(header) && !ofConnection.has(header.name.toLowerCase()),
				),
			};
}

/** Headers that belong to the connection or to a body: a probe has one of its own, and sends no body. */
const ofConnection = new Set([
	'connection',
	'content-length',
	'expect',
	'keep-alive',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
]);

function authorityOf(scheme: HttpRequest['scheme'], host: string, port: number): string {
	return port === (scheme === 'https' ? 443 : 80)
		? joinHostPort(host, port).replace(/:\d+$/u, '')
		: joinHostPort(host, port);
}
