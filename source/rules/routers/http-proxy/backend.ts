import type {RouterInputOf} from '../router.ts';
import type {Flags} from '../../controllers/facts.ts';
import {type ServiceReading, type RouterBackend, backendOf} from '../backends.ts';
import type {Service} from '../../../model/service.ts';
import {isOn} from '../../controllers/classes.ts';
import type {HttpProxy, ProxyService} from '../../../model/http-proxy.ts';

export type Input = RouterInputOf<'HTTPProxy'>;

/** LookupService: by number, TCP alone. ExternalName needs `enableExternalNameService`. */
function readingBy(flags: Flags): ServiceReading {
	return {
		portOf: ({ports}, wanted) => ports.find(({port, protocol}) => port === wanted && protocol === 'TCP'),
		whyNotRouted: ({type}: Service) =>
			type === 'ExternalName' && !isOn(flags['enableexternalnameservice'])
				? 'it is of type ExternalName (enableExternalNameService is off)'
				: undefined,
	};
}

export function proxyBackend(
	{snapshot, controller}: Input,
	{namespace}: HttpProxy,
	{name, port, weight}: ProxyService,
	field: string,
): RouterBackend {
	return backendOf(snapshot, {namespace, name, port, weight, field}, readingBy(controller.flags));
}
