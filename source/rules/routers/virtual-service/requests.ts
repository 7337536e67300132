import type {IstioGateway, IstioHttpMatch, StringMatch, VirtualService} from '../../../model/routes/istio.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Service} from '../../../model/services/service.ts';
import {matchesLabels} from '../../../model/matching/label-selector.ts';
import {gatewayName, hostsForNamespace, intersection} from '../../istio/hosts.ts';
import {memoize} from '../../memoize.ts';
import {testRegex} from '../../regex/regex.ts';
import {endsHttps, isHttp} from '../../istio/servers.ts';
import {servicesFor} from '../../istio/virtual-services.ts';
import type {RouterRequest} from '../router.ts';
import {sampleMethod, samplePath, sampleValue} from './sample.ts';
import {gatewayNamesOf, gatewaysFor} from './proxy.ts';

/** A request for each host and match of a root that stands in the object, by the server that is best for it. */
export function requestsFor(
	snapshot: Snapshot,
	root: VirtualService,
	object: VirtualService,
): readonly RouterRequest[] {
	const [gateway = ''] = gatewayNamesOf(root);
	const [merged] = servicesFor([{...root, exportTo: []}, ...others(snapshot, root)], {
		gateway,
		namespace: '',
	});
	const matches = (merged?.http ?? [])
		.filter(({place}) => place.object.namespace === object.namespace && place.object.name === object.name)
		.flatMap(({match}): readonly (IstioHttpMatch | undefined)[] => (match.length > 0 ? match : [undefined]));
	const gateways = gatewaysFor(snapshot, root);
	const asked = matches
		.map((match) => ({match, hosts: hostsFor(root, match), through: gatewaysOf(gateways, root, match)}))
		.filter(({match, through}) => isFromOutside(snapshot, through, match));
	const byHttp = hostsOf(root).flatMap((host) =>
		asked
			.filter(({hosts}) => hosts.includes(host))
			.flatMap(({match, through}) =>
				httpRequest(host, match, serverFor(through, root, {host, port: match?.port})),
			),
	);
	return root === object ? [...byHttp, ...byTls(root), ...byTcp(gateways, root)] : byHttp;
}

function others(snapshot: Snapshot, root: VirtualService): readonly VirtualService[] {
	return snapshot.list('VirtualService').filter((each) => each !== root && each.hosts.length === 0);
}

export function hostsOf({hosts}: VirtualService): readonly string[] {
	return hosts.map((host) => (host === '*' ? '' : host.toLowerCase()));
}

/** Those that the authority of the match takes; all of them, where it takes none. */
function hostsFor(root: VirtualService, match: IstioHttpMatch | undefined): readonly string[] {
	const hosts = hostsOf(root);
	const fitting = hosts.filter(
		(host) => host === '' || host.startsWith('*') || fitsText(match?.authority, host),
	);
	return fitting.length > 0 ? fitting : hosts;
}

function fitsText(wanted: StringMatch | undefined, text: string): boolean {
	switch (wanted?.type) {
		case undefined:
		case 'present':
			return true;
		case 'exact':
			return wanted.value === text;
		case 'prefix':
			return text.startsWith(wanted.value);
		case 'regex':
			return testRegex(wanted.value, text, {whole: true}) === 'matches';
	}
}

type Door = {readonly scheme: 'http' | 'https'; readonly port: number};

function gatewaysOf(
	gateways: readonly IstioGateway[],
	root: VirtualService,
	match: IstioHttpMatch | undefined,
): readonly IstioGateway[] {
	const own = (match?.gateways ?? []).map((name) => gatewayName(name, root.namespace));
	return gateways.filter(({namespace, name}) => own.length === 0 || own.includes(`${namespace}/${name}`));
}

/** A match for the mesh alone is for clients inside, and so are Gateways whose ports, of several Services, a ClusterIP alone leads to. */
function isFromOutside(
	snapshot: Snapshot,
	gateways: readonly IstioGateway[],
	match: IstioHttpMatch | undefined,
): boolean {
	if (gateways.length === 0) {
		return (match?.gateways ?? []).length === 0;
	}

	const isInside = insideOf(snapshot.list('Service'));
	return !gateways.every((each) => isInside(each));
}

/** Many matches of many objects share a Gateway, and a cluster has thousands of Services. */
const insideOf = memoize((services: readonly Service[]) =>
	memoize(({selector, servers}: IstioGateway): boolean => {
		const numbers = servers.map(({port}) => port.number);
		const all = services.filter(
			(service) => selector && service.selector && matchesLabels(selector, service.selector),
		);
		const leading = all.filter(({ports}) =>
			ports.some(({port, targetPort}) => numbers.some((each) => each === port || each === targetPort)),
		);
		// Where no Service of the proxies leads in, something before them does.
		return leading.length > 0 && leading.every(isHidden) && !all.every(isHidden);
	}),
);

function isHidden({type}: Service): boolean {
	return type === 'ClusterIP';
}

/** One that ends TLS before a plain one, and that before one that only redirects. */
function serverFor(
	gateways: readonly IstioGateway[],
	root: VirtualService,
	{host, port}: {readonly host: string; readonly port?: number},
): Door {
	const fitting = gateways.flatMap((gateway) =>
		gateway.servers.filter(
			({hosts, port: {number}}) =>
				(port === undefined || port === number) &&
				intersection(hostsForNamespace(hosts, {own: gateway.namespace, namespace: root.namespace}), [
					host || '*',
				]).length > 0,
		),
	);
	const found =
		fitting.find(endsHttps) ??
		fitting.find((server) => isHttp(server) && !server.tls?.httpsRedirect) ??
		fitting.find(isHttp);
	return found
		? {scheme: endsHttps(found) ? 'https' : 'http', port: found.port.number}
		: {scheme: 'http', port: port ?? 80};
}

/** A guess where no request is found that fits the match. */
function httpRequest(host: string, match: IstioHttpMatch | undefined, door: Door): RouterRequest {
	const parts = {
		urlPath: samplePath(match?.uri),
		method: sampleMethod(match?.method),
		headers: valuesOf(match?.headers ?? []),
		query: valuesOf(match?.queryParams ?? []),
	};
	const {urlPath = '/', method = 'GET', headers = [], query = []} = parts;
	const isGuess = Object.values(parts).includes(undefined);
	const isBare = method === 'GET' && headers.length === 0 && query.length === 0;
	return {
		request: {...door, host, urlPath, method, headers, query},
		plain: !host.startsWith('*') && host !== '' && isBare && !isGuess,
		isGuess,
	};
}

function valuesOf(wanted: IstioHttpMatch['headers']): HttpRequest['headers'] | undefined {
	const found = wanted.map((match) => ({name: match.name, value: sampleValue(match)}));
	return found.every(isKnown) ? found : undefined;
}

type Value = HttpRequest['headers'][number];

function isKnown(each: {readonly name: string; readonly value?: string}): each is Value {
	return each.value !== undefined;
}

function byTls(root: VirtualService): readonly RouterRequest[] {
	return root.tls.flatMap(({match}) =>
		match.flatMap(({sniHosts, port = 443}) =>
			sniHosts.map((host) => bare(host.toLowerCase(), {scheme: 'https', port})),
		),
	);
}

function byTcp(gateways: readonly IstioGateway[], root: VirtualService): readonly RouterRequest[] {
	if (root.tcp.length === 0) {
		return [];
	}

	const servers = gateways
		.flatMap((gateway) => gateway.servers)
		.filter((server) => !isHttp(server) && !endsHttps(server));
	return servers.map(({port: {number}, tls}) =>
		bare(hostsOf(root)[0] ?? '', {scheme: tls ? 'https' : 'http', port: number}),
	);
}

function bare(host: string, door: Door): RouterRequest {
	return {
		request: {...door, host, urlPath: '/', method: 'GET', headers: [], query: []},
		plain: !host.startsWith('*') && host !== '',
	};
}
