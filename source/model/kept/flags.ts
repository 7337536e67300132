/** Given once for each namespace. */
export const namespaceList = /^namespace-(?:white|black)list$/u;

/**
The flags of containers that a walk reads, lower case. Projections keep these and no other word of a command line: it may
hold passwords, and a recording is made to be sent. Whoever reads another flag adds it here.
*/
const read: readonly RegExp[] = [
	// kube-proxy and what replaces it: rules/kube-proxy and path/kube-proxy.
	/^(?:proxy-mode|run-service-proxy|nodeport-addresses|disable-kube-proxy|kube-proxy-arg)$/u,
	// Where Kubernetes' own components listen: rules/components.
	/^(?:bind-address|listen-metrics-urls|metrics-bind-address)$/u,
	// The kubelets' domain, of k3s and RKE2: path/dns.
	/^cluster-domain$/u,
	// NodeLocal DNSCache, and who enforces NetworkPolicies: rules/cluster-dns, rules/network-policy.
	/^(?:localip|enable-network-policy|disable-network-policy|run-firewall|network-policy-enforcing-mode|admin-network-policy|enable-a?np)$/u,
	// Of istiod; the second one by its environment.
	/^(?:domain|pilot-enable-strict-gateway-merging)$/u,
	// Of Linkerd's proxy, by its environment.
	/^linkerd-inbound-default-policy$/u,
	// MetalLB's speaker.
	/^ignore-exclude-lb$/u,
	// Which Ingresses a controller takes, and how: rules/ingress. Controllers not known to knet are told by these too.
	/^(?!.*(?:pass|secret|token|credential|key)).*(?:class|controller)/u,
	/^(?:default-target-type|annotations-prefix|configmap|nginx-configmaps|default-backend-service|publish-service|watch-namespaces?|watch-namespace-(?:label|selector))$/u,
	// Of Contour's configuration file, by their path in it.
	/^(?:disablepermitinsecure|enableexternalnameservice|default-http-versions|gateway\.gatewayref\.(?:namespace|name))$/u,
	// Of NGINX Ingress Controller (F5); the first two are names of Secrets.
	/^(?:default-server-tls-secret|wildcard-tls-secret|allow-empty-ingress-host|nginx-plus|enable-snippets)$/u,
	// Of HAProxy Technologies' controller: one namespace each time.
	namespaceList,
	/^disable-service-external-name$/u,
	// Where proxies listen: rules/controllers/record/closed-target.ts. Those of Kong by its environment.
	/^(?:enable-tls-passthrough|default-https?-listener-port|disable-https?|https?-bind-port|https?-port|kong-(?:proxy|stream)-listen)$/u,
	// Of ingress-nginx and Kong.
	/^(?:enable-ssl-passthrough|kong-router-flavor)$/u,
	// Where Contour and Traefik have their settings.
	/^(?:config-path|contour-config-name|configfile)$/u,
	// Of Contour: its Envoys expect the header of the PROXY protocol.
	/^use-proxy-protocol$/u,
	// Traefik.
	/^providers\.kubernetesingress(?:\.(?:ingressclass|namespaces|labelselector|nativelbbydefault|allowemptyservices|allowexternalnameservices|strictprefixmatching|disableingressclasslookup|disableclusterscoperesources|ingressendpoint\.publishedservice))?$/u,
	/^providers\.kubernetescrd(?:\.(?:ingressclass|namespaces|labelselector|nativelbbydefault|allowemptyservices|allowexternalnameservices|allowcrossnamespace))?$/u,
	/^providers\.kubernetesingressnginx(?:\.(?:ingressclass|controllerclass|ingressclassbyname|watchingresswithoutclass|watchnamespace|watchnamespaceselector|publishservice|defaultbackendservice|disablesvcexternalname|httpentrypoint|httpsentrypoint|allowsnippetannotations|strictvalidatepathtype))?$/u,
	/^core\.defaultrulesyntax$/u,
	/^entrypoints\.[^.]+\.(?:address|asdefault|http\.tls|proxyprotocol\.(?:insecure|trustedips)|http\.redirections\.entrypoint\.(?:to|scheme|permanent))$/u,
];

/** The walk asks only whether these are given: they tell one controller from another. */
const given: readonly RegExp[] = [
	/^config$/u,
	// Of NGINX Ingress Controller (F5) and ingress-nginx: they add ports.
	/^(?:global-configuration|tcp-services-configmap)$/u,
	/^(?:configmap-tcp-services|enable-custom-resources)(?:\.|$)/u,
	/^providers\./u,
	/^entrypoints\.[^.]+\.http\.tls\./u,
	/gateway/u,
	/^serverstransport\./u,
];

/** What may be kept of a flag: its value, that it is given, or nothing. */
export function keptOf(flag: string): 'value' | 'presence' | undefined {
	const name = flag.toLowerCase();
	return read.some((pattern) => pattern.test(name))
		? 'value'
		: given.some((pattern) => pattern.test(name))
			? 'presence'
			: undefined;
}

/** Settings of controllers and proxies that are given by the environment, as the flags of the same meaning. Another one is added here. */
export const flagsByEnv: ReadonlyMap<string, string> = new Map([
	['KONG_ROUTER_FLAVOR', 'kong-router-flavor'],
	['KONG_PROXY_LISTEN', 'kong-proxy-listen'],
	['KONG_STREAM_LISTEN', 'kong-stream-listen'],
	['CONTROLLER_INGRESS_CLASS', 'ingress-class'],
	['CONTROLLER_PUBLISH_SERVICE', 'publish-service'],
	['CONTROLLER_WATCH_NAMESPACE', 'watch-namespace'],
	['CONTROLLER_PROCESS_CLASSLESS_INGRESS_V1', 'process-classless-ingress-v1'],
	['NETWORK_POLICY_ENFORCING_MODE', 'network-policy-enforcing-mode'],
	['PILOT_ENABLE_STRICT_GATEWAY_MERGING', 'pilot-enable-strict-gateway-merging'],
	['LINKERD2_PROXY_INBOUND_DEFAULT_POLICY', 'linkerd-inbound-default-policy'],
]);
