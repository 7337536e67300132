import type {RouteDecision, RuleRef} from '../../../ingress/decision.ts';
import {rulesOf} from '../../../ingress/rules.ts';
import {fitsRegex} from '../../../regex/fits-regex.ts';
import {annotationOf} from '../../ingress-nginx/annotations.ts';
import {whyLower} from '../losers.ts';
import {fitsHost, routingPath, type Router} from '../router.ts';
import type {Configured} from './configured.ts';

type Losers = RouteDecision['losers'];

/** Rules that match and rank lower, and those that the provider does not make a router of, or not the one that is meant. */
export function losersOf(input: Configured, matching: readonly Router[], winner: Router | undefined): Losers {
	const lower = matching
		.filter(({rule}) => rule !== winner?.rule)
		.map((router) => ({rule: router.rule, why: whyLower(router, winner)}));
	return [...lower, ...leftOut(input), ...(winner ? [] : notRewritten(input))];
}

function leftOut({configuration, request}: Configured): Losers {
	const urlPath = routingPath(request.urlPath);
	return [...configuration.leftOut].flatMap(([ingress, why]) =>
		rulesOf(ingress)
			.filter(({host, value = ''}) => fitsHost(host, request.host) && urlPath.startsWith(stemOf(value)))
			.slice(0, 1)
			.map((rule) => ({rule, ...why})),
	);
}

/** The plain text that a path begins with. */
function stemOf(path: string): string {
	return /^[\w\-\/]*/v.exec(path)?.[0] ?? '';
}

/** Before 3.7 the path of a rewrite is plain text. */
function notRewritten({configuration: {isOld, served}, request}: Configured): Losers {
	const urlPath = routingPath(request.urlPath);
	const isMeant = ({ingress, host, value = ''}: RuleRef): boolean =>
		annotationOf(ingress, 'rewrite-target') !== undefined &&
		fitsHost(host, request.host) &&
		fitsRegex(`(?i)^${value}`, urlPath) === true;
	return isOld
		? served
				.flatMap(rulesOf)
				.filter(isMeant)
				.slice(0, 3)
				.map((rule) => ({
					rule,
					why: 'Traefik reads rewrite-target since 3.7, and takes the path for plain text',
					remedy: 'Update Traefik to 3.7, or use another controller for this Ingress.',
				}))
		: [];
}
