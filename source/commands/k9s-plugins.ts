type Plugin = {
	readonly shortCut: string;
	readonly description: string;
	readonly scopes: readonly string[];
	readonly command: string;
	readonly background: boolean;
	readonly args: readonly string[];
};

/** k9s' views whose objects are targets, and what `knet` calls them. */
const views = {
	service: {scope: 'services', type: 'svc'},
	ingress: {scope: 'ingresses', type: 'ing'},
	httproute: {scope: 'httproutes', type: 'httproute'},
	grpcroute: {scope: 'grpcroutes', type: 'grpcroute'},
	gateway: {scope: 'gateways', type: 'gateway'},
	httpproxy: {scope: 'httpproxies', type: 'httpproxy'},
	ingressroute: {scope: 'ingressroutes', type: 'ingressroute'},
	ingressroutetcp: {scope: 'ingressroutetcps', type: 'ingressroutetcp'},
	pod: {scope: 'pods', type: 'pod'},
	deployment: {scope: 'deployments', type: 'deploy'},
	statefulset: {scope: 'statefulsets', type: 'sts'},
	daemonset: {scope: 'daemonsets', type: 'ds'},
} as const;

/** k9s names the context, the kubeconfig, the namespace and the name of the row; it gives them to the explorer of knet. */
const place = ['--kubeconfig', '$KUBECONFIG', '--context', '$CONTEXT'];

/** Source: k9s, documentation of plugins and `internal/config/json/schemas/plugins.json`. */
export function k9sPlugins(command: string): Readonly<Record<string, Plugin>> {
	return {
		...Object.fromEntries(
			Object.entries(views).map(([name, {scope, type}]) => [
				`knet-${name}`,
				{
					shortCut: 'Shift-K',
					description: 'Trace the path',
					scopes: [scope],
					command,
					background: false,
					args: [`${type}/$NAME`, '-n', '$NAMESPACE', ...place],
				},
			]),
		),
		'knet-namespace': {
			shortCut: 'Shift-U',
			description: 'Paths of the namespace',
			scopes: Object.values(views).map(({scope}) => scope),
			command,
			background: false,
			args: ['-n', '$NAMESPACE', ...place],
		},
	};
}
