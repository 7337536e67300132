/** Of pods that knet made of a manifest: the workload that asks for them. */
export const plannedBy = 'knet/planned-by';

/**
The annotations that a walk reads. Projections keep these and no other: tools put snippets, whole objects and passwords
into annotations, and a recording is made to be sent. Whoever reads another annotation adds it here.
*/
const kept = new Set([
	'knet/ignore',
	plannedBy,
	'application-networking.k8s.aws/lattice-assigned-domain-name',
	'ambient.istio.io/redirection',
	'istio.io/dry-run',
	'networking.istio.io/exportTo',
	'traffic.sidecar.istio.io/excludeInboundPorts',
	'traffic.sidecar.istio.io/excludeOutboundPorts',
	'traffic.sidecar.istio.io/excludeOutboundIPRanges',
	'traffic.sidecar.istio.io/includeOutboundIPRanges',
	'traffic.sidecar.istio.io/includeOutboundPorts',
	'traffic.sidecar.istio.io/includeInboundPorts',
	'ingressclass.kubernetes.io/is-default-class',
	'kubernetes.io/ingress.class',
	'konghq.com/gatewayclass-unmanaged',
	'endpoints.kubernetes.io/last-change-trigger-time',
	'service.kubernetes.io/topology-mode',
	'service.kubernetes.io/topology-aware-hints',
	'metallb.io/ip-allocated-from-pool',
	'metallb.universe.tf/ip-allocated-from-pool',
	'metallb.io/allow-shared-ip',
	'metallb.universe.tf/allow-shared-ip',
	'metallb.io/address-pool',
	'metallb.universe.tf/address-pool',
	'metallb.io/loadBalancerIPs',
	'metallb.universe.tf/loadBalancerIPs',
	'kube-vip.io/loadbalancerIPs',
	'cloud.google.com/neg',
	'networking.gke.io/managed-certificates',
	'networking.gke.io/v1beta1.FrontendConfig',
	'ingress.gcp.kubernetes.io/pre-shared-cert',
	'cloud.google.com/backend-config',
	'config.linkerd.io/default-inbound-policy',
	'config.linkerd.io/skip-inbound-ports',
	'config.linkerd.io/skip-outbound-ports',
	'multicluster.linkerd.io/remote-discovery',
	'multicluster.linkerd.io/local-discovery',
	'service.cilium.io/global',
	'io.cilium/global-service',
	'load-balancer.hetzner.cloud/protocol',
	'external-dns.kubernetes.io/target',
	'external-dns.alpha.kubernetes.io/target',
	'external-dns.kubernetes.io/hostname',
	'external-dns.alpha.kubernetes.io/hostname',
	'delegation.kgateway.dev/inherit-parent-matcher',
	'delegation.gateway.solo.io/inherit-parent-matcher',
	'kuma.io/mesh',
	'kuma.io/gateway',
	'traffic.kuma.io/exclude-inbound-ports',
	'consul.hashicorp.com/transparent-proxy-exclude-inbound-ports',
	'load-balancer.hetzner.cloud/uses-proxyprotocol',
	'loadbalancer.openstack.org/proxy-protocol',
	'service.beta.kubernetes.io/azure-pls-proxy-protocol',
	'service.beta.kubernetes.io/linode-loadbalancer-default-proxy-protocol',
	'service.beta.kubernetes.io/scw-loadbalancer-proxy-protocol-v1',
	'service.beta.kubernetes.io/scw-loadbalancer-proxy-protocol-v2',
	'kubernetes.civo.com/loadbalancer-enable-proxy-protocol',
	'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-proxy-protocol',
	'service.kubernetes.io/ibm-load-balancer-cloud-provider-enable-features',
	'service.beta.kubernetes.io/vultr-loadbalancer-proxy-protocol',
	'service.beta.kubernetes.io/oci-load-balancer-connection-proxy-protocol-version',
]);

/** Of ingress-nginx, behind whatever prefix its flag `--annotations-prefix` sets. */
const ofNginx =
	/\/(?:allowlist-source-range|app-root|auth-secret|auth-type|auth-url|canary|canary-by-cookie|canary-by-header|canary-by-header-pattern|canary-by-header-value|canary-weight|canary-weight-total|default-backend|denylist-source-range|force-ssl-redirect|from-to-www-redirect|permanent-redirect|permanent-redirect-code|preserve-trailing-slash|rewrite-target|server-alias|service-upstream|ssl-redirect|temporal-redirect|temporal-redirect-code|use-regex|whitelist-source-range)$/u;

/** One that Traefik cannot read makes it leave the object out: all of these count. */
const ofTraefik = /^traefik\.ingress\.kubernetes\.io\/(?:router|service)\./iu;

/** Of other controllers: what changes a path, a protocol, a door or a redirect. None of these holds a text of the user's own. */
const ofOthers: readonly RegExp[] = [
	/^nginx\.org\/(?:ssl-services|grpc-services|mergeable-ingress-type|path-regex|redirect-to-https|rewrites|rewrite-target|server-snippets-allowed|http-redirect-code|listen-ports|listen-ports-ssl|use-cluster-ip|lb-method|server-tokens|proxy-buffering|hsts|hsts-include-subdomains|hsts-behind-proxy|ssl-redirect|proxy-(?:connect|read|send|next-upstream)-timeout|fail-timeout|max-fails|max-conns|client-max-body-size|basic-auth-secret|policies)$|^nginx\.com\/jwt-key$/u,
	/^nginx\.ingress\.kubernetes\.io\/(?:backend-protocol|ssl-passthrough)$/u,
	/^ingress\.kubernetes\.io\/(?:backends|force-ssl-redirect)$/u,
	/^(?:haproxy-ingress\.github|ingress\.kubernetes)\.io\/(?:path-type|ssl-redirect|ssl-redirect-code|ssl-always-add-https|ssl-passthrough|backend-protocol|secure-backends|rewrite-target|allowlist-source-range|denylist-source-range|whitelist-source-range|redirect-to|redirect-from|redirect-from-regex|app-root|server-alias|server-alias-regex|auth-secret|auth-signin|auth-url|auth-tls-secret|balance-algorithm|oauth|oauth-uri-prefix|initial-weight|blue-green-balance|blue-green-deploy|proxy-protocol|tcp-service-port|config-backend)$/u,
	/^(?:haproxy\.(?:org|com)|ingress\.kubernetes\.io)\/(?:server-ssl|server-proto|ssl-redirect|ssl-redirect-code|ssl-redirect-port|ssl-passthrough|path-rewrite|request-redirect|request-redirect-code|route-acl|allow-list|deny-list|whitelist|blacklist|auth-secret|auth-type)$/u,
	/^projectcontour\.io\/(?:ingress\.class|tls-cert-namespace|upstream-protocol\.(?:tls|h2|h2c))$/u,
	/^ingress\.kubernetes\.io\/force-ssl-redirect$|^kubernetes\.io\/ingress\.allow-http$/u,
	/^route\.openshift\.io\/termination$/u,
	/^haproxy\.router\.openshift\.io\/(?:ip_allowlist|ip_whitelist|rewrite-target|rate-limit-connections)$/u,
	/^konghq\.com\/(?:methods|snis|protocols|protocol|https-redirect-status-code|regex-prefix|host-aliases|plugins|strip-path|headers\..+)$/u,
	/^alb\.ingress\.kubernetes\.io\/(?:certificate-arn|backend-protocol|backend-protocol-version|inbound-cidrs|target-type|scheme|group\.name|group\.order|listen-ports|ssl-redirect|actions\..+|conditions\..+)$/u,
	/^appgw\.ingress\.kubernetes\.io\/(?:backend-protocol|backend-path-prefix|ssl-redirect|override-frontend-port|hostname-extension|appgw-ssl-certificate)$/u,
	// Of Services, what clouds read: targets, health checks, TLS and PROXY protocol.
	/^service\.beta\.kubernetes\.io\/(?:aws-load-balancer-(?:type|nlb-target-type|target-node-labels|target-group-attributes|proxy-protocol|ssl-cert|ssl-ports|backend-protocol)|azure-load-balancer-(?:health-probe-protocol|health-probe-request-path|internal)|port_\d+_(?:health-probe_(?:protocol|request-path|port)|no_lb_rule|no_probe_rule)|do-loadbalancer-(?:enable-proxy-protocol|protocol|tls-passthrough))$/u,
	/^ingress\.cilium\.io\/(?:loadbalancer-mode|host-listener-port|force-https|tls-passthrough)$/u,
];

/**
Of these annotations of ingress-nginx the value is not kept, for it may be configuration of nginx. That they are there is: for some
of them ingress-nginx leaves the Ingress out.
*/
const named =
	/\/(?:auth-signin|auth-snippet|auth-tls-error-page|auth-tls-match-cn|configuration-snippet|mirror-host|mirror-target|modsecurity-snippet|modsecurity-transaction-id|proxy-ssl-name|server-snippet|stream-snippet|upstream-hash-by)$/u;

/** Other annotations that a controller reads: only that they are there is kept, since they have no effect at another controller. */
const ofControllers =
	/^(?:nginx\.ingress\.kubernetes\.io|nginx\.org|nginx\.com|alb\.ingress\.kubernetes\.io|appgw\.ingress\.kubernetes\.io|haproxy\.org|haproxy-ingress\.github\.io|konghq\.com|projectcontour\.io|zalando\.org)\//u;

export function isNamedAnnotation(name: string): boolean {
	return named.test(name) || ofControllers.test(name);
}

export function isKeptAnnotation(name: string): boolean {
	return (
		kept.has(name) ||
		ofNginx.test(name) ||
		ofTraefik.test(name) ||
		ofOthers.some((pattern) => pattern.test(name))
	);
}
