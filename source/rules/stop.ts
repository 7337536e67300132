/**
Why a request goes no further at a hop. The walk turns it into the symptom that the client sees, which depends on who
answers: kube-proxy refuses, a controller in front answers 503.
*/
export type StopReason =
	/** The name has no record. */
	| 'nxdomain'
	| 'no-address'
	| 'dns-failure'
	/** No rule of the controller takes the request. */
	| 'no-rule'
	/** The rule names a Service, or a port of it, that does not exist. */
	| 'no-backend'
	/** A reference that Gateway API does not grant or cannot resolve. */
	| 'invalid-backend'
	/** The controller finds no address for the name of the backend. */
	| 'unresolved'
	/** Nothing behind the Service takes requests. */
	| 'no-endpoints'
	/** Nothing listens, or something answers with RST. */
	| 'refused'
	/** The controller listens on no such port. */
	| 'not-listening'
	/** Packets vanish. */
	| 'dropped'
	| 'unreachable'
	/** Taken, and then reset: a mesh that asks for mutual TLS. */
	| 'reset'
	| 'tls-error'
	/** The TLS handshake with the backend fails. */
	| 'backend-tls'
	/** The controller answers by itself, with this status. */
	| `answered-${number}`
	/** Nobody serves the entry at all: who answers is not known. */
	| 'nobody';

/** What the client sees. Absent where nothing is known. */
export type Symptom =
	| 'nxdomain'
	| 'no-address'
	| 'dns-failure'
	| 'connection-refused'
	| 'connection-reset'
	| 'timeout'
	| 'unreachable'
	| 'tls-error'
	| `http-${number}`
	/** HTTP 200 with this grpc-status. */
	| `grpc-${number}`;
