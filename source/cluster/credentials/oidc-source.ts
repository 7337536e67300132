import {Buffer} from 'node:buffer';
import type {Clock} from '../../clock.ts';
import type {AuthProvider} from '../kubeconfig/kubeconfig.ts';
import type {Environment} from '../kubeconfig/files.ts';
import {AuthError} from '../transport/errors.ts';
import type {Credential, CredentialSource} from './credential.ts';
import type {Fetched} from './fetched.ts';
import {fetchedSource} from './fetched-source.ts';
import {refreshTokens, type Tokens} from './oidc-refresh.ts';
import {readTokens, writeTokens} from './oidc-tokens.ts';

type OidcEnvironment = {
	readonly env: Environment;
	readonly clock: Clock;
	readonly signal?: AbortSignal;
	/** What else shows who asks: a client certificate. */
	readonly beside: () => Promise<Credential>;
};

/** A token is taken for expired so many milliseconds early (expiryDelta of client-go's oidc plugin). */
const margin = 10_000;

/**
`auth-provider: {name: oidc}` as kubectl has it (client-go plugin/pkg/client/auth/oidc): the id-token until it expires, then
a new one by the refresh token. Both go back to the kubeconfig, as kubectl writes them: providers that rotate take a
refresh token once, and the next kubectl would find itself logged out. The file is read again before a refresh, so that
what kubectl or another knet fetched meanwhile is used.
*/
export function oidcSource(provider: AuthProvider, environment: OidcEnvironment): CredentialSource {
	let tokens: Tokens = provider.config;
	return fetchedSource(async (last) => {
		tokens = {...tokens, ...(await readTokens(provider))};
		const id = tokens['id-token'] ?? '';
		const wasRefused = last !== undefined && last.credential.authorization === `Bearer ${id}`;
		if (id === '' || wasRefused || expiryOf(id) <= environment.clock.now()) {
			const fresh = await refreshTokens(tokens, environment);
			await writeTokens(provider, {used: tokens, fresh});
			tokens = {...tokens, ...fresh};
		}

		return fetchedOf(tokens['id-token'] ?? '', await environment.beside());
	}, environment.clock);
}

function fetchedOf(id: string, beside: Credential): Fetched {
	return {credential: {...beside, authorization: `Bearer ${id}`}, expiresAt: expiryOf(id)};
}

/** Milliseconds since the epoch until which an id-token is used: the `exp` of a JWT, which nobody verifies here. */
function expiryOf(id: string): number {
	const payload = id.split('.').length === 3 ? (id.split('.')[1] ?? '') : '';
	const exp = claimsOf(payload)?.exp;
	if (typeof exp !== 'number') {
		throw new AuthError(
			'the id-token of the auth-provider oidc is not a JWT with an expiry',
			'log in again with the tool that wrote it to the kubeconfig',
		);
	}

	return exp * 1000 - margin;
}

function claimsOf(payload: string): {readonly exp?: unknown} | undefined {
	try {
		return (JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object | null) ?? undefined;
	} catch {
		// The syntax error would quote the token.
		return undefined;
	}
}
