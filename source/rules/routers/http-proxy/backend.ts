import type {RouterInputOf} from '../router.ts';
import type {Flags} from '../../controllers/record/facts.ts';
import {type RouterProtocol, type ServiceReading, type RouterBackend, backendOf} from '../backends.ts';
import type {Service} from '../../../model/services/service.ts';
import {upstreamProtocol} from '../../controllers/contour/upstream-protocol.ts';
import {isOn} from '../../controllers/record/classes.ts';
import type {HttpProxy, ProxyService} from '../../../model/routes/http-proxy.ts';

export type Input = RouterInputOf<'HTTPProxy'>;

/** LookupService: by number, TCP alone. ExternalName needs `enableExternalNameService`. */
function readingBy(flags: Flags, speaks: ServiceReading['speaks']): ServiceReading {
	return {
		portOf: ({ports}, wanted) => ports.find(({port, protocol}) => port === wanted && protocol === 'TCP'),
		whyNotRouted: ({type}: Service) =>
			type === 'ExternalName' && !isOn(flags['enableexternalnameservice'])
				? 'it is of type ExternalName (enableExternalNameService is off)'
				: undefined,
		speaks,
	};
}

type Sent = {readonly service: ProxyService; readonly field: string; readonly isPassedOn?: boolean};

export function proxyBackend(
	{snapshot, controller}: Input,
	{namespace}: HttpProxy,
	{service: {name, port, weight, protocol}, field, isPassedOn}: Sent,
): RouterBackend {
	const speaks: ServiceReading['speaks'] = (service, servicePort) =>
		isPassedOn ? passedOn : protocol ? named(protocol) : upstreamProtocol(service, servicePort);
	return backendOf(snapshot, {namespace, name, port, weight, field}, readingBy(controller.flags, speaks));
}

const passedOn: RouterProtocol = {tls: true, isPassedOn: true, setBy: 'passthrough of the HTTPProxy'};

/** getProtocol (httpproxy_processor.go): `protocol` goes before the annotations of the Service. */
function named(protocol: string): RouterProtocol {
	return {
		tls: protocol === 'tls' || protocol === 'h2',
		http2: protocol === 'h2' || protocol === 'h2c',
		setBy: 'protocol of the service in the HTTPProxy',
	};
}
