import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import type {Service} from '../../../model/services/service.ts';
import {labelsOf, plainName} from '../name.ts';
import {parseName} from '../parse-name.ts';

/** coredns plugin/backend_lookup.go maxCnameChainLength. */
const longestChain = 10;

/** The Service that an ExternalName ends at, through other aliases. Undefined: a name outside, one that is missing, or a loop. */
export function aliasTarget(
	snapshot: Snapshot,
	{externalName = ''}: Service,
	domain: string,
): Service | undefined {
	let next = serviceOfName(snapshot, externalName, domain);
	for (let i = 0; next?.type === 'ExternalName' && i < longestChain; i++) {
		next = serviceOfName(snapshot, next.externalName ?? '', domain);
	}

	return next?.type === 'ExternalName' ? undefined : next;
}

/**
`db.shop.svc`, or `db` beside a Service of that name: part of a name of the cluster. The target of a CNAME is looked up as it stands,
without a search list (RFC 1034, 3.6.2). Other names of one label may be known outside, as those of containers to Docker's DNS.
*/
export function isPartOfName(snapshot: Snapshot, target: string, namespace: string): boolean {
	const labels = labelsOf(target);
	const [first = ''] = labels;
	return (
		labels.at(-1)?.toLowerCase() === 'svc' ||
		(labels.length === 1 && 'found' in lookup(snapshot, 'Service', namespace, first.toLowerCase()))
	);
}

/** `db.shop`, where namespace shop has a Service db: meant as a name of the cluster, unless a server outside knows it. */
export function serviceLikeName(snapshot: Snapshot, target: string): Service | undefined {
	const [name = '', namespace = '', ...rest] = labelsOf(target.toLowerCase());
	const found = rest.length === 0 ? lookup(snapshot, 'Service', namespace, name) : undefined;
	return found && 'found' in found ? found.found : undefined;
}

/** `service.namespace.svc.domain`: labels further left name single endpoints. */
function serviceOfName(snapshot: Snapshot, name: string, domain: string): Service | undefined {
	const plain = plainName(name).toLowerCase();
	const requested = plain.endsWith(`.${domain}`) ? parseName(plain, domain) : undefined;
	if (
		requested?.type !== 'svc' ||
		requested.service === '' ||
		requested.endpoint !== '' ||
		requested.port !== ''
	) {
		return undefined;
	}

	const found = lookup(snapshot, 'Service', requested.namespace, requested.service);
	return 'found' in found ? found.found : undefined;
}
