import {ipText, parseIp} from '../../model/ip.ts';
import {isHeadless, type Protocol, type Service, type ServicePort} from '../../model/service.ts';

/** A Service port, and which of its sides an address is. */
type Front = {readonly key: string; readonly side: 'backends' | 'external'};

/** Which Service port an address is of: for dumps that name addresses, not Services. */
export type Fronts = {
	find(at: {readonly address: string; readonly port: number; readonly protocol: Protocol}): Front | undefined;
};

export function frontsOf(services: readonly Service[]): Fronts {
	const byAddress = new Map<string, Front>();
	const byNodePort = new Map<string, Front>();
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
	readonly byAddress: Map<string, Front>;
	readonly byNodePort: Map<string, Front>;
};

function addPort({service, port, byAddress, byNodePort}: Addition): void {
	const key = `${service.namespace}/${service.name}:${port.name}/${port.protocol}`;
	const add = (text: string, side: Front['side']): void => {
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
