/**
The annotations that a walk reads. Projections keep these and no other: tools put snippets, whole objects and passwords
into annotations, and a recording is made to be sent. Whoever reads another annotation adds it here.
*/
const kept = new Set([
	'ingressclass.kubernetes.io/is-default-class',
	'kubernetes.io/ingress.class',
	'endpoints.kubernetes.io/last-change-trigger-time',
	'service.kubernetes.io/topology-mode',
	'service.kubernetes.io/topology-aware-hints',
	'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type',
]);

/** Of ingress-nginx, behind whatever prefix its flag `--annotations-prefix` sets. */
const ofNginx =
	/\/(?:app-root|auth-url|canary|canary-by-cookie|canary-by-header|canary-by-header-pattern|canary-by-header-value|canary-weight|canary-weight-total|default-backend|force-ssl-redirect|permanent-redirect|permanent-redirect-code|preserve-trailing-slash|rewrite-target|server-alias|service-upstream|ssl-redirect|temporal-redirect|temporal-redirect-code|use-regex)$/u;

/** One that Traefik cannot read makes it leave the object out: all of these count. */
const ofTraefik = /^traefik\.ingress\.kubernetes\.io\/(?:router|service)\./iu;

export function isKeptAnnotation(name: string): boolean {
	return kept.has(name) || ofNginx.test(name) || ofTraefik.test(name);
}
