import {isHeadless, type Service} from '../../../model/services/service.ts';
import {isOn} from '../record/classes.ts';
import {isOfIdleProvider} from './providers.ts';

const prefix = 'traefik.ingress.kubernetes.io/';
const knownFields =
	/^service\.(?:serversscheme|serverstransport|passhostheader|nativelb|nodeportlb|sticky(?:\..+)?)$/u;
const switches = ['service.nativelb', 'service.nodeportlb', 'service.passhostheader'];
const booleans = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/u;

/** Why Traefik makes no router to a Service, by its `service.*` annotations (loadService of Traefik 3.6); undefined where it does. */
export function whyNotRouted(
	service: Service,
	settings: Readonly<Record<string, string>>,
): string | undefined {
	const given = Object.fromEntries(
		Object.entries(service.annotations)
			.filter(([key]) => key.toLowerCase().startsWith(`${prefix}service.`))
			.map(([key, value]) => [key.slice(prefix.length).toLowerCase(), value]),
	);
	const unreadable = Object.entries(given).find(
		([key, value]) => !knownFields.test(key) || (switches.includes(key) && !booleans.test(value)),
	);
	if (unreadable) {
		return `its annotation ${prefix}${unreadable.join(': ')} cannot be read`;
	}

	const transport = given['service.serverstransport'];
	if (transport && isOfIdleProvider(transport, settings)) {
		return `its serversTransport ${transport} is of a provider that this Traefik does not run`;
	}

	const byDefault = settings['providers.kubernetesingress.nativelbbydefault'];
	return isHeadless(service) && isOn(given['service.nativelb'] ?? byDefault)
		? 'it is headless, and nativeLB sends to the cluster IP'
		: undefined;
}
