import type {Snapshot} from '../../model/snapshot.ts';
import type {Ingress} from '../../model/routes/ingress.ts';
import {isForTls} from '../../rules/controllers/entry-scheme.ts';
import {isHeadless, isPortNumber, type Service, type ServicePort} from '../../model/services/service.ts';
import {gatewayEntries} from '../route/gateway/gateway-entries.ts';
import {routerEntries} from '../route/router/router-entries.ts';
import {safe} from '../../model/safe-text/safe.ts';
import {isUnmapped} from '../service/headless-port.ts';
import {isHost} from '../parse-url.ts';
import type {Entry} from '../report.ts';

/** Everything a person can pick in a namespace, or in all: Ingress hosts and paths, Gateway routes, Service ports. */
export function entries(snapshot: Snapshot, namespace: string | undefined): readonly Entry[] {
	return unique([
		...snapshot.list('Ingress', namespace).flatMap((ingress) => ingressEntries(snapshot, ingress)),
		...gatewayEntries(snapshot, namespace),
		...routerEntries(snapshot, namespace),
		...snapshot.list('Service', namespace).flatMap((service) => serviceEntries(snapshot, service)),
	]);
}

function ingressEntries(snapshot: Snapshot, ingress: Ingress): readonly Entry[] {
	const {namespace, name} = ingress;
	const subject = {kind: 'Ingress', namespace, name};
	const ofRules = ingress.rules.flatMap(({host, paths}) =>
		paths.map(({path}) => {
			const scheme = isForTls(snapshot, ingress, host) ? 'https' : 'http';
			const title = `${host || '*'}${path || '/'}`;
			// A wildcard, any host, a host like 10.0.0.300 and a regular expression are no URL: they are walked as the Ingress they stand in.
			const target = isConcrete(host, path) ? `${scheme}://${title}` : `ing/${namespace}/${name}`;
			return {id: `Ingress/${namespace}/${name}/${title}`, title, namespace, target, subject};
		}),
	);
	return ofRules.length > 0 || !ingress.defaultBackend
		? ofRules
		: [
				{
					id: `Ingress/${namespace}/${name}`,
					title: `ing/${name} (any host)`,
					namespace,
					target: `ing/${namespace}/${name}`,
					subject,
				},
			];
}

function isConcrete(host: string, path: string): boolean {
	// A target is shown and copied: one with characters that are drawn as nothing would look like another.
	return (
		safe(path) === path && isHost(host) && !host.startsWith('*') && !/[()[\]{}*+?|^$\\\s#<>"]/u.test(path)
	);
}

function serviceEntries(snapshot: Snapshot, service: Service): readonly Entry[] {
	const {namespace, name, ports} = service;
	const subject = {kind: 'Service', namespace, name};
	// A file may hold a port that is none: no target names it (KNET518).
	if (ports.length === 0 || ports.some(({port}) => !isPortNumber(port))) {
		return [
			{
				id: `Service/${namespace}/${name}`,
				title: `svc/${name}`,
				namespace,
				target: `svc/${namespace}/${name}`,
				subject,
			},
		];
	}

	return ports.map((port) => ({
		id: `Service/${namespace}/${name}/${port.name || port.port}`,
		title: serviceTitle(snapshot, service, port),
		namespace,
		target: `svc/${namespace}/${name}:${port.name || port.port}`,
		subject,
	}));
}

/** As its path is called: by the number, but where no client may use the number by the name (KNET513). */
function serviceTitle(snapshot: Snapshot, service: Service, servicePort: ServicePort): string {
	const {name, port, protocol} = servicePort;
	const slices = isHeadless(service) ? snapshot.slicesOf(service.namespace, service.name) : [];
	const isByName = name !== '' && isUnmapped(service, servicePort, slices);
	return `svc/${service.name}:${isByName ? name : port}${protocol === 'TCP' ? '' : `/${protocol}`}`;
}

function unique(all: readonly Entry[]): readonly Entry[] {
	const seen = new Set<string>();
	// An Ingress and a route of one URL are one entry: its target shows both.
	const keyOf = ({id, target}: Entry): string => (/^https?:/v.test(target) ? target : id);
	return all.filter((entry) => !seen.has(keyOf(entry)) && Boolean(seen.add(keyOf(entry))));
}
