/** Kinds whose objects prove that their namespace exists: dumps in files often leave Namespaces out. */
export const inhabitants = [
	'Service',
	'Pod',
	'Ingress',
	'EndpointSlice',
	'Deployment',
	'Gateway',
	'HTTPRoute',
] as const;
