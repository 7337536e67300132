import type {RouteDecision, RouteInput} from '../../ingress/decision.ts';
import {missingMiddleware} from './middlewares.ts';
import {fitsHost, routerMatches, type Router} from './router.ts';
import {whyNoRouter} from './why-no-router.ts';

/** Rules that match and do not take the request, and why. */
export function losersOf(
	input: RouteInput,
	matching: readonly Router[],
	winner: Router | undefined,
): RouteDecision['losers'] {
	return matching
		.filter((router) => router !== winner)
		.map((router) => ({
			rule: router.rule,
			why: whyNoRouter(input, router.rule) ?? whyLower(router, winner),
			remedy: missingMiddleware(router.rule.ingress, input)?.remedy,
			shadowed: winner !== undefined && covers(winner, router),
		}));
}

export function whyLower(router: Router, winner: Router | undefined): string {
	return router.priority === winner?.priority
		? `the same priority (${router.priority}): Traefik does not define which one wins`
		: `lower priority: ${router.priority}, the winner has ${winner?.priority}`;
}

/** Whether a router takes all that a lower one would. */
function covers(winner: Router, router: Router): boolean {
	return (
		winner.priority > router.priority && coversHost(winner.host, router.host) && coversPath(winner, router)
	);
}

function coversHost(wide: string, narrow: string): boolean {
	return wide === '' || wide === narrow || fitsHost(wide, narrow);
}

function coversPath(wide: Router, narrow: Router): boolean {
	return (
		wide.path === '' ||
		(wide.matcher === 'PathPrefix'
			? narrow.path !== '' && routerMatches({...wide, host: ''}, '', narrow.path) === true
			: wide.matcher === 'Path' && narrow.matcher === 'Path' && wide.path === narrow.path)
	);
}
