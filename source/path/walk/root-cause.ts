import {catalogue} from '../catalogue.ts';
import type {Finding} from '../finding.ts';
import type {Hop} from '../hop.ts';

/** The first hop that stops the request. A fault of the protocol comes last: without a connection nobody notices it. */
export function stopsAt<T extends {readonly hop: Hop}>(hops: readonly T[]): T | undefined {
	const broken = hops.filter(({hop}) => hop.status === 'broken');
	return (
		broken.find(({hop}) => !errorsOf(hop).some(({code}) => catalogue[code]?.afterConnection)) ?? broken[0]
	);
}

/**
The fault to mend first: the one that stops the request, or the one further on that it only repeats, as a failing readiness probe
is why no endpoint is ready. A fault further on that has nothing to do with it shows itself afterwards.
*/
export function rootCause(hops: readonly Hop[], first: Hop): string | undefined {
	let cause = hops.slice(hops.indexOf(first)).find((hop) => errorsOf(hop).length > 0);
	for (let next = cause; next; next = deeper(hops, next)) {
		cause = next;
	}

	return cause && errorsOf(cause)[0]?.code;
}

function deeper(hops: readonly Hop[], cause: Hop): Hop | undefined {
	const kinds = catalogue[errorsOf(cause)[0]?.code ?? '']?.repeats ?? [];
	const next = hops.slice(hops.indexOf(cause) + 1);
	// A load balancer in front of a controller leads to the controller, not to what the controller sends to.
	const isServed = next.some(({kind, status}) => kind === 'controller' && status !== 'skipped');
	return next.find(
		(hop) =>
			errorsOf(hop).length > 0 &&
			kinds.includes(hop.kind) &&
			(hop.kind === 'controller' || cause.kind !== 'load-balancer' || !isServed),
	);
}

function errorsOf({findings}: Hop): readonly Finding[] {
	return findings.filter(({severity}) => severity === 'error');
}
