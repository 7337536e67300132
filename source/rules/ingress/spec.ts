import {byElements, byText, byWholeRegex, exactly, longerFirst} from './path-fits.ts';
import {routeBy, type Reading} from './route-by.ts';

/**
The API's plain rules (networking/v1, ingress docs): the best host, then the longest path, then Exact over Prefix, then the oldest
Ingress. ImplementationSpecific is taken for Prefix.
*/
const specReading: Reading = {
	paths: {Exact: exactly, Prefix: byElements, ImplementationSpecific: byElements},
	order: longerFirst,
	isolatesHosts: false,
	defaults: 'any-host',
};

export const routeBySpec = routeBy({all: [specReading]});

/**
What a controller may do that nobody has looked at: it keeps to the API for Exact and Prefix, and reads ImplementationSpecific
as a prefix, a text, an exact path or a regular expression; whether it looks at a wildcard host after an exact one is not known.
*/
export const routeByGuess = routeBy({
	all: [true, false].flatMap((isolatesHosts) =>
		[byElements, byText, exactly, byWholeRegex].map((fit): Reading => ({
			...specReading,
			isolatesHosts,
			paths: {...specReading.paths, ImplementationSpecific: fit},
		})),
	),
	assumption: 'how it reads ImplementationSpecific paths, and hosts of several rules',
});
