import type {Endpoint} from '../../source/model/services/endpoint-slice.ts';

const closeBy = new Set(['PreferClose', 'PreferSameZone', 'PreferSameNode']);

/**
Hints of `spec.trafficDistribution`: the own zone, and for PreferSameNode the own node. Endpoints that are not ready keep
what they have; an unset or unknown value removes all hints (k8s.io/endpointslice trafficdist.ReconcileHints).
*/
export function distributionHints(
	endpoints: readonly Endpoint[],
	trafficDistribution: string | undefined,
): readonly Endpoint[] {
	if (trafficDistribution === undefined || !closeBy.has(trafficDistribution)) {
		return endpoints.map(withoutHints);
	}

	return endpoints.map((endpoint) =>
		endpoint.ready ? hinted(endpoint, trafficDistribution === 'PreferSameNode') : endpoint,
	);
}

export function withoutHints({forZones: _zones, forNodes: _nodes, ...endpoint}: Endpoint): Endpoint {
	return endpoint;
}

function hinted(endpoint: Endpoint, toNode: boolean): Endpoint {
	return {
		...withoutHints(endpoint),
		...(endpoint.zone ? {forZones: [endpoint.zone]} : {}),
		...(endpoint.nodeName && toNode ? {forNodes: [endpoint.nodeName]} : {}),
	};
}
