import {isHeadless, type Service, type ServicePort} from '../../model/services/service.ts';
import {isKnown, lookup, type Snapshot} from '../../model/snapshot.ts';
import {stateOfSlices} from '../slices-state.ts';

/**
External authorization, the same for every controller: another service is asked first, and a request that it lets in goes on. The path
is broken only where that service cannot answer.
*/
export type AskedService = {
	readonly namespace: string;
	readonly name: string;
	readonly port: number;
	/** Asked by its name in DNS, which leads to the pods themselves where it is headless: at this port, whatever ports it has. */
	readonly byName?: true;
	/** The port that is asked, by a rule of the controller's own. Absent: the one with the number. */
	readonly portOf?: (service: Service) => ServicePort | undefined;
	/** A name outside the cluster may look the same: a Service that does not exist says nothing. */
	readonly mayBeOutside?: true;
};

/** The Service that a URL names, as a pod resolves it: `NAME.NAMESPACE`, `NAME.NAMESPACE.svc` and longer. */
export function serviceOfUrl(url: string): AskedService | undefined {
	const [, scheme, name, namespace, domain, port] =
		/^(https?):\/\/([\w\-]+)\.([\w\-]+)(\.svc(?:\.[a-z.\-]+)?)?(?::(\d+))?(?:\/|$)/v.exec(url) ?? [];
	return name === undefined || namespace === undefined
		? undefined
		: {
				namespace,
				name,
				port: Number(port ?? (scheme === 'https' ? 443 : 80)),
				byName: true,
				mayBeOutside: domain === undefined ? true : undefined,
			};
}

/** Undefined: it may answer. */
export function whySilent(snapshot: Snapshot, asked: AskedService): string | undefined {
	const unresolved = whyUnresolved(snapshot, asked);
	const service = snapshot.get('Service', asked.namespace, asked.name);
	if (unresolved !== undefined || !service || !isSliced(snapshot, service)) {
		return unresolved;
	}

	const slices = snapshot.slicesOf(service.namespace, service.name);
	const isThere = slices.some(({endpoints}) => endpoints.some(({ready, serving}) => ready || serving));
	return isThere ? undefined : 'has no ready endpoint';
}

/** What is asked is no port of a Service. Undefined: it is, or may be. */
export function whyUnresolved(snapshot: Snapshot, asked: AskedService): string | undefined {
	const {port: number, byName, portOf, mayBeOutside} = asked;
	const found = lookup(snapshot, 'Service', asked.namespace, asked.name);
	if ('missing' in found) {
		return mayBeOutside ? undefined : 'does not exist';
	}

	if (!('found' in found) || !isSliced(snapshot, found.found)) {
		return undefined;
	}

	const service = found.found;
	const port = portOf ? portOf(service) : service.ports.find((each) => each.port === number);
	return port || (byName && isHeadless(service)) ? undefined : `has no port ${number}`;
}

function isSliced(snapshot: Snapshot, service: Service): boolean {
	return service.type !== 'ExternalName' && isKnown(stateOfSlices(snapshot, service));
}
