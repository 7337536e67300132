import type {Endpoint, EndpointSlice} from '../../model/services/endpoint-slice.ts';
import type {ExpectedSlice} from './expected-slices.ts';
import {formatIp} from './format-ip.ts';

/** Where the slices of the controller differ from what they should be, by address. Other people's slices are left alone. */
type SliceDifference = {
	/** Expected, and in no slice. */
	readonly missing: readonly Endpoint[];
	/** In a slice, and not expected. */
	readonly extra: readonly {readonly slice: EndpointSlice; readonly endpoint: Endpoint}[];
	/** In both, with another readiness. */
	readonly changed: readonly {
		readonly slice: EndpointSlice;
		readonly endpoint: Endpoint;
		readonly expected: Endpoint;
	}[];
};

/** Compares endpoints by address: which slice holds which is the controller's own choice. */
export function compareSlices(
	expected: readonly ExpectedSlice[],
	actual: readonly EndpointSlice[],
): SliceDifference {
	const wanted = new Map(
		expected.flatMap(({endpoints}) => endpoints.map((endpoint) => [keyOf(endpoint), endpoint])),
	);
	const held = actual.flatMap((slice) => slice.endpoints.map((endpoint) => ({slice, endpoint})));
	const heldKeys = new Set(held.map(({endpoint}) => keyOf(endpoint)));
	return {
		missing: [...wanted].filter(([key]) => !heldKeys.has(key)).map(([, endpoint]) => endpoint),
		extra: held.filter(({endpoint}) => !wanted.has(keyOf(endpoint))),
		changed: held.flatMap(({slice, endpoint}) => {
			const expectedEndpoint = wanted.get(keyOf(endpoint));
			return expectedEndpoint && expectedEndpoint.ready !== endpoint.ready
				? [{slice, endpoint, expected: expectedEndpoint}]
				: [];
		}),
	};
}

function keyOf({addresses}: Endpoint): string {
	return addresses.map((address) => formatIp(address) ?? address).join();
}
