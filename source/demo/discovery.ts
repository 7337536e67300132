import {resourceOf} from '../cluster/kinds.ts';
import {servedKinds} from './parse-request.ts';

const groups = Map.groupBy(
	servedKinds.map((kind) => resourceOf(kind)).filter(({group}) => group !== ''),
	({group}) => group,
);

/** The aggregated discovery document of the groups that the simulated server has (KEP-3352). */
export const discovery = {
	kind: 'APIGroupDiscoveryList',
	apiVersion: 'apidiscovery.k8s.io/v2',
	metadata: {},
	items: [...groups].map(([group, resources]) => ({
		metadata: {name: group},
		versions: [
			{
				version: 'v1',
				freshness: 'Current',
				resources: resources.map(({name, kind, namespaced}) => ({
					resource: name,
					responseKind: {group, version: 'v1', kind},
					scope: namespaced ? 'Namespaced' : 'Cluster',
					verbs: ['get', 'list', 'watch'],
				})),
			},
		],
	})),
};
