import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import type {Clock} from '../../clock.ts';
import type {UserEntry} from '../kubeconfig/kubeconfig.ts';
import type {ClientCertificate} from '../transport/dial.ts';
import type {Pem} from '../transport/endpoint.ts';
import {AuthError} from '../transport/errors.ts';
import type {Credential, CredentialSource} from './credential.ts';

/** How long a credential read from files is used, in milliseconds. Kubelets rotate token files; client-go reads each minute. */
const lifetime = 60_000;

/**
A credential that the kubeconfig holds or names: token, token file, client certificate, user name and password. Files
are read again after a minute and after a 401.
*/
export function fileSource(user: UserEntry, clock: Clock): CredentialSource {
	let held: {readonly credential: Credential; readonly text: string; readonly until: number} | undefined;
	const read = async (): Promise<Credential> => {
		const credential = await readCredential(user);
		const text = JSON.stringify(credential);
		// The same content is the same credential: after a 401 it is not tried again.
		held = {
			credential: held?.text === text ? held.credential : credential,
			text,
			until: clock.elapsed() + lifetime,
		};
		return held.credential;
	};
	return {
		async current() {
			return held && clock.elapsed() < held.until ? held.credential : read();
		},
		async renew(refused) {
			const credential = await read();
			return credential === refused ? undefined : credential;
		},
	};
}

async function readCredential(user: UserEntry): Promise<Credential> {
	const authorization = await authorizationOf(user);
	const certificate = await certificateOf(user);
	return {authorization, certificate};
}

async function authorizationOf(user: UserEntry): Promise<string | undefined> {
	if (user.tokenFile) {
		const token = await tokenOf(user.tokenFile, user.token);
		return `Bearer ${token}`;
	}

	if (user.token) {
		return `Bearer ${user.token}`;
	}

	return user.username || user.password
		? `Basic ${Buffer.from(`${user.username ?? ''}:${user.password ?? ''}`).toString('base64')}`
		: undefined;
}

/** With both, the file counts and the token stands in for it while it cannot be read (clientcmd AuthInfo.TokenFile). */
async function tokenOf(file: string, fallback: string | undefined): Promise<string> {
	const token =
		fallback === undefined
			? await readText(file, 'token')
			: await readText(file, 'token').catch(() => fallback);
	if (token.trim() === '') {
		throw new AuthError(`the token file ${file} is empty`);
	}

	return token.trim();
}

async function certificateOf(user: UserEntry): Promise<ClientCertificate | undefined> {
	const cert = await pemOf(user.clientCertificateData, user.clientCertificate, 'client certificate');
	const key = await pemOf(user.clientKeyData, user.clientKey, 'client key');
	return cert && key ? {cert, key} : undefined;
}

async function pemOf(
	data: string | undefined,
	file: string | undefined,
	what: string,
): Promise<Pem | undefined> {
	if (data !== undefined) {
		return Buffer.from(data, 'base64').toString('utf8');
	}

	return file === undefined ? undefined : readText(file, what);
}

export async function readText(file: string, what: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
		throw new AuthError(`the ${what} file ${file} cannot be read (${code})`);
	}
}
