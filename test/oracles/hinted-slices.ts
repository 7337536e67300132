import {
	slicesFor,
	type ControllerInput,
	type ExpectedSlice,
} from '../../source/rules/endpoint-slices/expected-slices.ts';
import {distributionHints} from './distribution-hints.ts';
import {topologyHints, topologyHintsEnabled} from './topology-hints.ts';

/** Gate PreferSameTrafficDistribution, on by default since 1.34. */
type Input = ControllerInput & {readonly preferSame?: boolean};

/** The slices of the controller with the hints that it writes. Of one family: its hints are shared out over all of that. */
export function hintedSlicesFor(input: Input): readonly ExpectedSlice[] {
	return [...Map.groupBy(slicesFor(input), ({addressType}) => addressType).values()].flatMap((slices) =>
		slices.some(({endpoints}) => endpoints.length > 0) ? withHints(slices, input) : slices,
	);
}

/** The topology annotation beats trafficDistribution. Its hints are shared out over all slices of a family. */
function withHints(
	slices: readonly ExpectedSlice[],
	{service, nodes, preferSame = true}: Input,
): readonly ExpectedSlice[] {
	const endpoints = slices.flatMap((slice) => slice.endpoints);
	const {trafficDistribution} = service;
	const isKnown = preferSame || trafficDistribution === 'PreferClose';
	const hinted = topologyHintsEnabled(service.annotations)
		? topologyHints(endpoints, nodes ?? [])
		: distributionHints(endpoints, isKnown ? trafficDistribution : undefined);
	let from = 0;
	return slices.map((slice) => {
		const to = from + slice.endpoints.length;
		const part = hinted.slice(from, to);
		from = to;
		return {...slice, endpoints: part};
	});
}
