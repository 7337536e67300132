/** Environment variables that knet obeys, for help and the man page. Flags come before them. */
export const environment = {
	KUBECONFIG: 'kubeconfig files, as kubectl reads them',
	KUBERC:
		"kubectl's preferences, for their policy on exec plugins; off ignores them (also KUBECTL_KUBERC=false)",
	'HTTPS_PROXY, HTTP_PROXY, NO_PROXY': 'proxy to the API server by its scheme, and who needs none',
	'NO_COLOR, KNET_NO_COLOR': 'no colours',
	'FORCE_COLOR, CLICOLOR_FORCE': 'colours in a pipe, too',
	'CLICOLOR=0, TERM=dumb': 'no colours; TERM=dumb: no explorer either',
	KNET_ASCII: 'no characters beyond ASCII, as --ascii; so do LC_ALL, LC_CTYPE and LANG that name no UTF-8',
	KNET_DEBUG: 'shows where a fault of knet is, and what libraries printed',
	XDG_CONFIG_HOME: 'where knet/config.yaml lies (~/.config)',
	XDG_STATE_HOME: 'where knet/ keeps its state and log (~/.local/state)',
	XDG_CACHE_HOME: 'where knet/ keeps names of objects for completion (~/.cache)',
} as const satisfies Readonly<Record<string, string>>;
