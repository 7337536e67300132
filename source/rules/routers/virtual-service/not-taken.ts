import {type Case, serverPlace} from './case.ts';
import {type RouterDecision, noDecision, type RouterProblem} from '../router.ts';
import {refOf} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {type ProxyServer, isPassthrough} from '../../istio/servers.ts';
import {nameOf} from '../../istio/http-routes.ts';
import {gatewayNamesOf} from './proxy.ts';
import {domainFit} from '../../istio/hosts.ts';
import {servicesFor} from '../../istio/virtual-services.ts';

/** Nothing listens: the pods refuse the connection. */
export function closed({request, servers}: Case): RouterDecision {
	const [first] = servers;
	const ports = [...new Set(servers.map(({server}) => server.port.number))].join(', ');
	const problem = first && {
		type: 'port-closed' as const,
		object: refOf('IstioGateway', first.gateway),
		field: 'spec.servers[].port.number',
		value: ports,
		why: `no server of its Gateways listens on port ${request.port}; they have ${ports}`,
		ends: 'refused' as const,
	};
	return problem
		? {...noDecision, problems: [problem], answers: {refused: 'connection-refused'}}
		: {...noDecision, undecided: ['which port it listens on: no Gateway of it has a server']};
}

export function otherProtocol({scheme}: HttpRequest, server: ProxyServer): RouterDecision {
	const isTls = scheme === 'https';
	const {number, protocol} = server.server.port;
	const why = isTls
		? `port ${number} is for plain ${protocol}`
		: `port ${number} is for TLS (${protocol}), and http is cut`;
	const place = serverPlace(server, 'port.protocol', protocol);
	return {
		...noDecision,
		problems: [
			isTls
				? {...place, type: 'no-tls', why, ends: 'tls-error'}
				: {...place, type: 'port-closed', why, ends: 'nobody'},
		],
	};
}

/** The handshake names a host that no server, and no TLS route, has. */
export function noName({host}: HttpRequest, servers: readonly ProxyServer[]): RouterDecision {
	const [first] = servers;
	const hosts = servers.flatMap(({server}) => server.hosts).join(', ');
	const passes = servers.some(({server}) => isPassthrough(server));
	const why = passes
		? `no server that ends TLS, and no tls route of a VirtualService, has the name ${host}`
		: `no server of port ${first?.server.port.number} has the host ${host}`;
	return first
		? {
				...noDecision,
				problems: [{...serverPlace(first, 'hosts', hosts), type: 'no-tls', why, ends: 'tls-error'}],
			}
		: noDecision;
}

export function leftOut(server: ProxyServer): RouterProblem {
	const {lostTo} = server;
	const who = `spec.servers[${lostTo?.index}] of Gateway ${lostTo?.gateway.namespace}/${lostTo?.gateway.name}`;
	return {
		object: refOf('IstioGateway', server.gateway),
		field: `spec.servers[${server.index}]`,
		value: `port ${server.server.port.number}`,
		type: 'refused',
		why: `${who} has the port or the host already`,
	};
}

/** VirtualServices that name the host, and no server of their Gateway on the port has it for them. */
export function unfitHosts(
	{snapshot, request, proxy}: Case,
	servers: readonly ProxyServer[],
): readonly RouterProblem[] {
	const own = new Set(servers.map(nameOf));
	const hosts = servers.flatMap(({server}) => server.hosts).join(', ');
	return snapshot
		.list('VirtualService')
		.filter(
			(object) =>
				gatewayNamesOf(object).some((name) => own.has(name)) &&
				object.hosts.some((host) => domainFit(host, request.host) > 0),
		)
		.map((object) => {
			const isSeen = [...own].some(
				(gateway) => servicesFor([object], {gateway, namespace: proxy.namespace}).length > 0,
			);
			return {
				object: refOf('VirtualService', object),
				field: isSeen ? 'spec.hosts' : 'spec.exportTo',
				value: (isSeen ? object.hosts : object.exportTo).join(', '),
				type: 'refused',
				why: isSeen
					? `no server of its Gateways on port ${servers[0]?.server.port.number} has the host; they have ${hosts}`
					: `it is not exported to namespace ${proxy.namespace} of the proxies`,
				ends: 'no-rule',
			};
		});
}
