import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {WantedPort} from '../record/backend-state.ts';

/**
FindServicePort (pkg/converters/utils/services.go): the name or the target port, then the number. An ExternalName without ports has
the number that is asked for (pkg/converters/ingress/ingress.go, addBackend).
*/
export function servicePort({type, ports}: Service, {name, number}: WantedPort): ServicePort | undefined {
	const wanted = name ?? String(number ?? '');
	const found =
		ports.find((port) => port.name === wanted || String(port.targetPort) === wanted) ??
		ports.find(({port}) => port === number);
	return found ?? (type === 'ExternalName' && ports.length === 0 ? invented(number) : undefined);
}

function invented(number: number | undefined): ServicePort | undefined {
	return number === undefined ? undefined : {name: '', port: number, protocol: 'TCP', targetPort: number};
}
