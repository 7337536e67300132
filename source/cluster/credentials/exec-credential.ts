import type {ExecConfig} from '../kubeconfig/kubeconfig.ts';
import {AuthError} from '../transport/errors.ts';
import type {Fetched} from './fetched.ts';

type ExecCredential = {
	readonly kind?: unknown;
	readonly apiVersion?: unknown;
	readonly status?: {
		readonly token?: unknown;
		readonly clientCertificateData?: unknown;
		readonly clientKeyData?: unknown;
		readonly expirationTimestamp?: unknown;
	};
};

/** Reads what a plugin printed. Errors say what is wrong with it and never quote it. `now`: milliseconds. */
export function readExecCredential(output: string, exec: ExecConfig, now: number): Fetched {
	const fail = (problem: string): never => {
		throw new AuthError(`the exec plugin ${exec.command} ${problem}`);
	};
	const {kind, apiVersion, status} = parseObject(output) ?? fail('printed no ExecCredential');
	if (kind !== 'ExecCredential' || apiVersion !== exec.apiVersion) {
		fail(`did not answer with an ExecCredential of ${exec.apiVersion}`);
	}

	const token = textOf(status?.token);
	const cert = textOf(status?.clientCertificateData);
	const key = textOf(status?.clientKeyData);
	if (!token && !cert && !key) {
		fail('gave neither a token nor a certificate');
	}

	if ((cert === undefined) !== (key === undefined)) {
		fail('gave a certificate without its key, or a key alone');
	}

	return {
		credential: {
			authorization: token ? `Bearer ${token}` : undefined,
			certificate: cert && key ? {cert, key} : undefined,
		},
		expiresAt: expiryOf(status?.expirationTimestamp, now),
	};
}

function parseObject(output: string): ExecCredential | undefined {
	try {
		const parsed = JSON.parse(output) as ExecCredential | null;
		return parsed ?? undefined;
	} catch {
		// The syntax error would quote the output, which may hold the token.
		return undefined;
	}
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A credential that has expired when it arrives shows that this machine's clock is wrong: then only a 401 ends it. */
function expiryOf(timestamp: unknown, now: number): number {
	const at = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
	return at > now ? at : Infinity;
}
