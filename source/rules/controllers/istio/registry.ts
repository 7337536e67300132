import type {Labels} from '../../../model/meta.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Registry} from '../../istio/destinations.ts';
import {meshDomain, rootNamespace} from '../../mesh/mesh-config.ts';

/** What the proxy of a gateway knows of Services and DestinationRules. */
export function registryOf(
	snapshot: Snapshot,
	{namespace, labels}: {readonly namespace: string; readonly labels: Labels},
): Registry {
	return {
		domain: meshDomain(snapshot),
		service: (of, name) => snapshot.get('Service', of, name),
		rules: snapshot.list('DestinationRule'),
		namespace,
		labels,
		rootNamespace: rootNamespace(snapshot),
	};
}
