import {Buffer} from 'node:buffer';
import {systemClock} from '../clock.ts';
import {UserError} from '../errors.ts';
import type {ConnectOptions} from './connect-options.ts';
import type {Connection} from './connection.ts';
import {followCertificate} from './credentials/follow-certificate.ts';
import {impersonationHeaders} from './credentials/impersonation.ts';
import {credentialSource} from './credentials/source.ts';
import type {ClusterAccess} from './kubeconfig/access.ts';
import {findAccess} from './kubeconfig/find-access.ts';
import {parseRequestTimeout} from './kubeconfig/go-duration.ts';
import type {ClusterEntry} from './kubeconfig/kubeconfig.ts';
import type {Environment} from './kubeconfig/files.ts';
import {withoutUser} from '../model/safe-text/hide.ts';
import {type Endpoint, hostOf, type Pem} from './transport/endpoint.ts';
import {isLoopback, proxyFor} from './transport/proxy.ts';
import {createChannels, createRequester} from './transport/requester.ts';
import {createTransport} from './transport/transport.ts';
import {readText} from './credentials/file-source.ts';

/**
A connection to the cluster that kubeconfig and flags point at. Nothing is sent yet: `authenticate()` fetches the
credential, the first request opens the network connection. Rejects with `UserError` when there is no such cluster.
*/
export async function connect(options: ConnectOptions): Promise<Connection> {
	const env = options.env ?? process.env;
	const access = await findAccess(options, env);
	const endpoint = endpointOf(access, env);
	verifyTlsFlags(options, endpoint);
	await verifyAuthorities(access, endpoint);
	const closing = new AbortController();
	const credentials = credentialSource(access, {
		env,
		interactive: options.interactive ?? true,
		screen: options.screen,
		clock: systemClock,
		timeout: options.credentialTimeout,
		signal: closing.signal,
	});
	const source = followCertificate(credentials, () => transport.retire());
	const transport = createTransport({
		endpoint,
		certificate: async () => (await source.current()).certificate,
	});
	const headers = {
		'user-agent': `knet/${options.version ?? '0.0.0'} (${process.platform}/${process.arch})`,
		...impersonationHeaders(access.user),
	};
	const timeout = parseRequestTimeout(options.requestTimeout ?? '0');
	const requests = {endpoint, transport, source, headers, timeout};
	return {
		context: access.context,
		cluster: access.clusterName,
		user: access.userName,
		server: `${endpoint.url.origin}${endpoint.url.pathname}`.replace(/\/$/, ''),
		namespace: access.namespace,
		insecure: endpoint.insecure,
		async authenticate() {
			await source.current();
		},
		request: createRequester(requests),
		webSocket: createChannels(requests),
		silence: () => transport.silence(),
		async close() {
			closing.abort();
			transport.close();
		},
	};
}

function endpointOf({cluster}: ClusterAccess, env: Environment): Endpoint {
	const url = serverUrl(cluster.server);
	const proxy = proxyFor(url, cluster.proxyUrl, env);
	return {
		url,
		...authoritiesOf(cluster),
		serverName: cluster.tlsServerName,
		insecure: cluster.insecureSkipTlsVerify === true && url.protocol === 'https:',
		proxy,
		// On this machine bytes cost nothing, and gzip costs the server's time and ours (k/k #112296).
		compress: cluster.disableCompression !== true && !isLoopback(hostOf(url)) && hostOf(url) !== 'localhost',
	};
}

/** An address without a scheme is plain http, as in client-go (rest.DefaultServerURL). */
function serverUrl(server: string): URL {
	const text = server.includes('://') ? server : `http://${server}`;
	if (!URL.canParse(text) || !/^https?:\/\//i.test(text)) {
		throw new UserError(
			`the server "${withoutUser(server)}" of the kubeconfig is not an http or https URL`,
			'Write https://HOST:PORT.',
		);
	}

	return new URL(text);
}

/**
A flag about TLS that would have no effect is refused: whoever gave it expects an encrypted connection. With
--insecure-skip-tls-verify nobody does, and kubectl accepts it.
*/
function verifyTlsFlags(options: ConnectOptions, {url}: Endpoint): void {
	const flags = {
		'--certificate-authority': options.certificateAuthority,
		'--tls-server-name': options.tlsServerName,
		'--client-certificate': options.clientCertificate,
	};
	const [flag] = Object.entries(flags).find(([, value]) => value) ?? [];
	if (flag !== undefined && url.protocol === 'http:') {
		throw new UserError(
			`${flag} has no effect: the server ${url.origin} is plain http`,
			'Write https://HOST:PORT, or leave the flag out.',
		);
	}
}

/**
Said before anything is sent, as client-go does (rest.TLSConfigFor): later the server's certificate would seem to be at fault.
Of a plain http server client-go reads none (clientcmd DirectClientConfig.ClientConfig).
*/
async function verifyAuthorities(
	{cluster, clusterName}: ClusterAccess,
	{authorities, url}: Endpoint,
): Promise<void> {
	const pem = url.protocol === 'https:' ? await authorities?.() : undefined;
	if (pem !== undefined && !String(pem).includes('-----BEGIN CERTIFICATE-----')) {
		const {certificateAuthorityData: data, certificateAuthority: file} = cluster;
		throw new UserError(
			data
				? `certificate-authority-data of cluster "${clusterName}" holds no certificate`
				: `the certificate authority file ${file} holds no certificate`,
			'It begins with -----BEGIN CERTIFICATE-----.',
		);
	}
}

function authoritiesOf(cluster: ClusterEntry): {readonly authorities?: () => Promise<Pem>} {
	const {certificateAuthorityData: data, certificateAuthority: file} = cluster;
	if (data) {
		const pem = Buffer.from(data, 'base64').toString('utf8');
		return {authorities: async () => pem};
	}

	return file ? {authorities: async () => readText(file, 'certificate authority')} : {};
}
