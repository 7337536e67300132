import {messageOf} from '../../errors.ts';
import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import type {Environment} from '../kubeconfig/files.ts';
import {timeoutSignal} from '../../clock.ts';
import {readBody, readBytes} from '../transport/body.ts';
import type {Pem} from '../transport/endpoint.ts';
import {AuthError} from '../transport/errors.ts';
import type {Exchange} from '../transport/exchange.ts';
import {proxyFor} from '../transport/proxy.ts';
import {createTransport} from '../transport/transport.ts';
import {definedFields} from '../defined-fields.ts';

/** The `config` of an auth-provider, by its keys. */
export type Tokens = Readonly<Record<string, string | undefined>>;

type Context = {readonly env: Environment; readonly signal?: AbortSignal};
type Json = {readonly status: number; readonly body: Readonly<Record<string, unknown>>};

/** Milliseconds for one request to the provider, and bytes of its answer. */
const timeout = 30_000;
const maximumBytes = 1024 * 1024;

const logIn = 'log in again with the tool that wrote the tokens to the kubeconfig';

/** A fresh id-token by the refresh token (OpenID Connect Core §12), and the next refresh token where the provider gives one. */
export async function refreshTokens(config: Tokens, context: Context): Promise<Tokens> {
	const refresh = config['refresh-token'];
	if (!refresh) {
		throw new AuthError(
			'the id-token of the auth-provider oidc has expired, and there is no refresh-token',
			logIn,
		);
	}

	const answer = await askForTokens(await tokenEndpoint(config, context), {config, refresh, context});
	const {id_token: id, refresh_token: next, error} = answer.body;
	if (answer.status !== 200) {
		// `error` is a code of RFC 6749 §5.2; its description is free text.
		const code = typeof error === 'string' && /^[\w.-]{1,60}$/u.test(error) ? `: ${error}` : '';
		throw new AuthError(`the OIDC provider refuses the refresh token (${answer.status}${code})`, logIn);
	}

	if (typeof id !== 'string') {
		throw new AuthError(
			'the OIDC provider gave no id_token for the refresh token',
			'log in again with the scope openid; some providers give none when a token is refreshed',
		);
	}

	return typeof next === 'string' && next !== '' ? {'id-token': id, 'refresh-token': next} : {'id-token': id};
}

/** OpenID Connect Discovery §4. */
async function tokenEndpoint(config: Tokens, context: Context): Promise<URL> {
	const issuer = (config['idp-issuer-url'] ?? '').replace(/\/$/u, '');
	const metadata = await ask(urlOf(`${issuer}/.well-known/openid-configuration`), {config, context});
	const endpoint = metadata.body['token_endpoint'];
	if (metadata.status !== 200 || typeof endpoint !== 'string') {
		throw new AuthError(
			`the OIDC provider ${hostOf(issuer)} does not say where its tokens are (${metadata.status})`,
		);
	}

	return urlOf(endpoint);
}

type TraceOptions = {readonly config: Tokens; readonly refresh: string; readonly context: Context};

/** The client's secret in the header, else in the body: providers take one or the other (golang.org/x/oauth2). */
async function askForTokens(url: URL, {config, refresh, context}: TraceOptions): Promise<Json> {
	const id = config['client-id'] ?? '';
	const secret = config['client-secret'] ?? '';
	const grant = {grant_type: 'refresh_token', refresh_token: refresh};
	const basic = Buffer.from(`${encoded(id)}:${encoded(secret)}`).toString('base64');
	const first = await ask(url, {config, context, form: grant, authorization: `Basic ${basic}`});
	return first.status === 200
		? first
		: ask(url, {
				config,
				context,
				form: secret ? {...grant, client_id: id, client_secret: secret} : {...grant, client_id: id},
			});
}

function encoded(text: string): string {
	return new URLSearchParams({text}).toString().slice('text='.length);
}

type Request = {
	readonly config: Tokens;
	readonly context: Context;
	readonly form?: Readonly<Record<string, string>>;
	readonly authorization?: string;
};

async function ask(url: URL, request: Request): Promise<Json> {
	const {config, context} = request;
	const transport = createTransport({
		endpoint: {
			url,
			authorities: authoritiesOf(config),
			insecure: false,
			proxy: proxyFor(url, undefined, context.env),
			compress: false,
		},
		certificate: async () => undefined,
	});
	const limit = timeoutSignal(timeout) ?? new AbortController().signal;
	const signal = context.signal ? AbortSignal.any([context.signal, limit]) : limit;
	try {
		const answer = await transport.send(exchangeOf(url, request, signal));
		const bytes = await readBytes(readBody(answer, {server: url.origin, signal}), maximumBytes);
		return {status: answer.status, body: parse(bytes.toString('utf8'))};
	} catch (error) {
		const problem = messageOf(error);
		throw new AuthError(`the OIDC provider ${url.host} cannot be asked: ${problem}`);
	} finally {
		transport.close();
	}
}

function exchangeOf(url: URL, {form, authorization}: Request, signal: AbortSignal): Exchange {
	return {
		method: form ? 'POST' : 'GET',
		target: `${url.pathname}${url.search}`,
		headers: definedFields({
			accept: 'application/json',
			'content-type': form && 'application/x-www-form-urlencoded',
			authorization,
		}),
		body: form && new URLSearchParams(form).toString(),
		signal,
		headTimeout: timeout,
	};
}

function authoritiesOf(config: Tokens): (() => Promise<Pem>) | undefined {
	const data = config['idp-certificate-authority-data'];
	const file = config['idp-certificate-authority'];
	if (data) {
		return async () => Buffer.from(data, 'base64');
	}

	return file ? async () => readFile(file) : undefined;
}

/** Anything but an object is an empty one; the syntax error would quote tokens. */
function parse(text: string): Readonly<Record<string, unknown>> {
	try {
		const value = JSON.parse(text) as unknown;
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}

function urlOf(text: string): URL {
	if (!/^https?:/iu.test(text) || !URL.canParse(text)) {
		throw new AuthError(
			'the OIDC provider is not named by an http or https URL (idp-issuer-url, token_endpoint)',
		);
	}

	return new URL(text);
}

function hostOf(issuer: string): string {
	return urlOf(issuer).host;
}
