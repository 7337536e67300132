import type {Answers} from './facts.ts';

/** Envoy answers 503 to whatever keeps it from a backend, also to a time-out of the connection (source/common/router/router.cc). */
export const envoyAnswers: Answers = {
	'no-rule': 'http-404',
	// A cluster whose name has no address has no hosts (strict and logical DNS clusters).
	unresolved: 'http-503',
	'no-endpoints': 'http-503',
	refused: 'http-503',
	reset: 'http-503',
	'backend-tls': 'http-503',
	unreachable: 'http-503',
	dropped: 'http-503',
};

/** HAProxy answers 503 to a connection that is refused or times out (configuration manual 2.6, 8.5, `SC` and `sC`). */
export const haproxyAnswers: Answers = {
	'no-rule': 'http-404',
	// A backend without servers (pkg/converters/utils/services.go, createEndpointsExternalName).
	unresolved: 'http-503',
	'no-endpoints': 'http-503',
	refused: 'http-503',
	'backend-tls': 'http-503',
	unreachable: 'http-503',
	dropped: 'http-503',
};

/** nginx answers 502 to a connection that fails, 504 to one that times out (ngx_http_upstream_module). */
export const nginxAnswers: Answers = {
	'no-rule': 'http-404',
	// A name is no peer: "no host allowed" (ingress-nginx util/dns.lua; lua-nginx-module).
	unresolved: 'http-502',
	refused: 'http-502',
	reset: 'http-502',
	'backend-tls': 'http-502',
	unreachable: 'http-502',
	dropped: 'http-504',
};
