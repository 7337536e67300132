import type {Buffer} from 'node:buffer';

/** PEM text, as a file or the kubeconfig holds it. */
export type Pem = string | Buffer;

/** Where the API server is and how it is known to be the right one. */
export type Endpoint = {
	readonly url: URL;
	/** Read at every new connection, so that a rotated file is followed; absent: the roots of Node and of the system. */
	readonly authorities?: () => Promise<Pem>;
	/** Name for SNI and for the certificate check instead of the URL's host (`tls-server-name`). */
	readonly serverName?: string;
	readonly insecure: boolean;
	readonly proxy?: URL;
	/** Ask for gzip. */
	readonly compress: boolean;
};

/** The server's URL as text, for messages: without credentials, path or trailing slash. */
export function originOf(url: URL): string {
	return `${url.protocol}//${url.host}`;
}

/** The host as the socket and TLS functions want it: IPv6 without brackets. */
export function hostOf(url: URL): string {
	return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

export function portOf(url: URL): number {
	return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}
