import type {Service} from '../../model/service.ts';
import {isKnown, lookup, type Snapshot} from '../../model/snapshot.ts';
import {joinSlices} from '../endpoint-slices/join-slices.ts';
import {stateOfSlices} from '../slices-state.ts';

/**
External authorization is meant so with every controller: another service is asked first, and whom it lets in goes on. A path is
broken by it only where that service cannot answer.
*/
export type AskedService = {
	readonly namespace: string;
	readonly name: string;
	readonly port: number;
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
				mayBeOutside: domain === undefined ? true : undefined,
			};
}

/** Undefined: it may answer. */
export function whySilent(
	snapshot: Snapshot,
	{namespace, name, port, mayBeOutside}: AskedService,
): string | undefined {
	const found = lookup(snapshot, 'Service', namespace, name);
	if ('missing' in found) {
		return mayBeOutside ? undefined : 'does not exist';
	}

	return 'found' in found ? whyEmpty(snapshot, found.found, port) : undefined;
}

function whyEmpty(snapshot: Snapshot, service: Service, number: number): string | undefined {
	if (service.type === 'ExternalName' || !isKnown(stateOfSlices(snapshot, service))) {
		return undefined;
	}

	const port = service.ports.find((each) => each.port === number);
	if (!port) {
		return `has no port ${number}`;
	}

	const slices = snapshot.slicesOf(service.namespace, service.name);
	const isThere = joinSlices(slices, port).some(({ready, serving}) => ready || serving);
	return isThere ? undefined : 'has no ready endpoint';
}
