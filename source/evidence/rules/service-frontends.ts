import {ipText, parseIp} from '../../model/matching/ip.ts';
import {isHeadless, type Protocol, type Service, type ServicePort} from '../../model/services/service.ts';

/** A Service port, and which of its sides an address is. */
type ServiceFrontend = {readonly key: string; readonly side: 'backends' | 'external'};

/** Which Service port an address is of: for dumps that name addresses, not Services. */
export type ServiceFrontends = {
	find(at: {
		readonly address: string;
		readonly port: number;
		readonly protocol: Protocol;
	}): ServiceFrontend | undefined;
};

export function serviceFrontendsOf(services: readonly Service[]): ServiceFrontends {
	const byAddress = new Map<string, ServiceFrontend>();
	const byNodePort = new Map<string, ServiceFrontend>();
	for (const service of services) {
		for (const port of isHeadless(service) ? [] : service.ports) {
			addPort({service, port, byAddress, byNodePort});
		}
	}

	return {
		// Node ports stand under any address of the node, or under 0.0.0.0.
		find: ({address, port, protocol}) =>
			byAddress.get(`${protocol} ${address} ${port}`) ?? byNodePort.get(`${protocol} ${port}`),
	};
}

type Addition = {
	readonly service: Service;
	readonly port: ServicePort;
	readonly byAddress: Map<string, ServiceFrontend>;
	readonly byNodePort: Map<string, ServiceFrontend>;
};

function addPort({service, port, byAddress, byNodePort}: Addition): void {
	const key = `${service.namespace}/${service.name}:${port.name}/${port.protocol}`;
	const add = (text: string, side: ServiceFrontend['side']): void => {
		const ip = parseIp(text);
		if (ip) {
			byAddress.set(`${port.protocol} ${ipText(ip)} ${port.port}`, {key, side});
		}
	};

	service.externalIPs.forEach((ip) => add(ip, 'external'));
	service.loadBalancer.forEach(({ip}) => add(ip ?? '', 'external'));
	service.clusterIPs.forEach((ip) => add(ip, 'backends'));
	if (port.nodePort !== undefined) {
		byNodePort.set(`${port.protocol} ${port.nodePort}`, {key, side: 'external'});
	}
}
