import type {EntryPoint, RouteDecision, RouteInput, RuleRef} from '../../ingress/decision.ts';
import {routerMatches, routerOf, routingPath, unreadableAnnotation, type Router} from './router.ts';

/** Rules that fit host and path, and that annotations keep from the request. */
export function outOfReach(
	{request, settings, entryPoint}: RouteInput,
	rules: readonly RuleRef[],
): RouteDecision['losers'] {
	const urlPath = routingPath(request.urlPath);
	return rules.flatMap((rule) => {
		const plain = routerOf({...rule, ingress: {...rule.ingress, annotations: {}}}, settings);
		if (!plain || !routerMatches(plain, request.host, urlPath)) {
			return [];
		}

		const router = routerOf(rule, settings);
		if (!router) {
			const name = unreadableAnnotation(rule.ingress);
			return [
				{
					rule,
					why: `Traefik refuses annotation ${name?.replace(/^.*\//u, '')}`,
					remedy: `Remove or correct annotation ${name}.`,
				},
			];
		}

		return isReachable(router, request.scheme, entryPoint) || router.entryPoints.length === 0
			? []
			: [{rule, ...whyOutOfReach(router, entryPoint)}];
	});
}

/** At an entry point that the annotation names, it is TLS that differs. */
function whyOutOfReach(
	{entryPoints, tls}: Router,
	entryPoint: EntryPoint | undefined,
): Omit<RouteDecision['losers'][number], 'rule'> {
	const annotation = 'traefik.ingress.kubernetes.io/router';
	if (entryPoint?.name && entryPoints.includes(entryPoint.name)) {
		return tls || entryPoint.tls
			? {
					why: `it takes TLS only at entry point ${entryPoint.name}`,
					remedy: 'Ask by https, or send plain http to another entry point.',
				}
			: {
					why: `neither annotation router.tls nor entry point ${entryPoint.name} has TLS`,
					remedy: `Set ${annotation}.tls: "true", or --entryPoints.${entryPoint.name}.http.tls=true.`,
				};
	}

	return {
		why: `its annotation keeps it to entry points ${entryPoints.join(', ')}`,
		remedy: `Change annotation ${annotation}.entrypoints.`,
	};
}

/** A router with TLS takes https only, one without takes http only (runtime GetRoutersByEntryPoints). */
export function isReachable(router: Router, scheme: string, entryPoint: EntryPoint | undefined): boolean {
	const named =
		router.entryPoints.length === 0
			? (entryPoint?.isDefault ?? true)
			: !entryPoint?.name || router.entryPoints.includes(entryPoint.name);
	const tls = router.tls || (entryPoint?.tls ?? scheme === 'https');
	return named && tls === (scheme === 'https');
}
