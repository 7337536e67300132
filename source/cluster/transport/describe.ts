import {ApiError, AuthError, type ClusterError, type TransportError} from './errors.ts';

/** A failure of the cluster in one sentence, with what to do where there is something. Safe to show: no secrets. */
export function describeFailure(error: ClusterError): string {
	if (error instanceof ApiError) {
		return describeRefusal(error);
	}

	if (error instanceof AuthError) {
		return error.next === undefined ? error.message : `${error.message}\n${error.next}`;
	}

	return describeTransport(error);
}

function describeRefusal(error: ApiError): string {
	switch (error.status) {
		case 401:
			return 'the API server does not accept the credential (401): it expired or belongs to another cluster; log in again';
		case 403:
			return `the API server forbids it (403): ${error.message}`;
		case 429:
			return `the API server has too many requests (429): ${error.message}`;
		default: {
			// An empty answer has its status for a message.
			const why = error.message === `status ${error.status}` ? ', without a word why' : `: ${error.message}`;
			return error.status >= 500
				? `the API server has trouble (${error.status})${why}`
				: `the API server answers ${error.status}${why}`;
		}
	}
}

const certificateProblems: Readonly<Record<string, string>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed and no certificate-authority vouches for it',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that the kubeconfig does not name',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE:
		'its certificate is signed by an authority that the kubeconfig does not name',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
		'its certificate is signed by an authority that the kubeconfig does not name',
	UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by an authority that the kubeconfig does not name',
	CERT_SIGNATURE_FAILURE: 'its certificate is not signed by the authority that the kubeconfig names',
	CERT_HAS_EXPIRED: 'its certificate has expired, or this machine has the wrong time',
	CERT_NOT_YET_VALID: 'its certificate is not valid yet, or this machine has the wrong time',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for other names (see tls-server-name)',
};

function describeTransport(error: TransportError): string {
	const subject = error.phase === 'proxy' ? 'the proxy' : 'the API server';
	const who = error.server === undefined ? subject : `${subject} at ${error.server}`;
	const certificate = certificateProblems[error.code];
	if (certificate !== undefined) {
		return `${who} cannot be trusted: ${certificate}`;
	}

	return describeCode(error, who) ?? describePhase(error, who);
}

function describeCode(error: TransportError, who: string): string | undefined {
	switch (error.code) {
		case 'ECONNREFUSED':
			return `${who} refuses the connection: nothing listens there`;
		case 'ENOTFOUND':
			return `${who} cannot be found: its name does not resolve`;
		case 'EAI_AGAIN':
			return `${who} cannot be found: no DNS server answers`;
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return `${who} cannot be reached: there is no route to it`;
		default:
			return undefined;
	}
}

function describePhase(error: TransportError, who: string): string {
	switch (error.phase) {
		case 'connect':
			return error.code === 'ETIMEDOUT'
				? `${who} does not answer: a firewall or VPN may be in the way`
				: `${who} cannot be reached (${error.message})`;
		case 'proxy':
			return `${who} does not let through (${error.message})`;
		case 'tls':
			return isNotTls(error.code)
				? `${who} does not speak TLS`
				: `no TLS connection to ${who} (${error.message})`;
		case 'request':
		case 'response':
			return `the connection to ${who} broke (${error.message})`;
		case 'idle':
			return `${who} fell silent (${error.message})`;
		case 'timeout':
			return `${who} did not answer within the request timeout`;
		case 'aborted':
			return error.message;
	}
}

function isNotTls(code: string): boolean {
	return code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG';
}
