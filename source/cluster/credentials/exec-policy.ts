import {access, constants, readFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {basename, delimiter, join, normalize, sep} from 'node:path';
import {type Document, parseAllDocuments} from 'yaml';
import type {ExecConfig} from '../kubeconfig/kubeconfig.ts';
import type {Environment} from '../kubeconfig/files.ts';
import {AuthError} from '../transport/errors.ts';

type Preference = {
	readonly kind?: string;
	readonly credentialPluginPolicy?: string;
	readonly credentialPluginAllowlist?: readonly {readonly name?: string}[];
};

/**
Honours the `credentialPluginPolicy` of kuberc, kubectl's preferences (kubectl.config.k8s.io/v1beta1): which exec
plugins may run at all. A user who restricted kubectl must not be tricked through knet.
*/
export async function verifyPluginAllowed(exec: ExecConfig, env: Environment): Promise<void> {
	const {credentialPluginPolicy: policy, credentialPluginAllowlist: list} = await readPreference(env);
	switch (policy) {
		case undefined:
		case '':
		case 'AllowAll':
			return;
		case 'Allowlist': {
			const names = (list ?? []).flatMap(({name}) => (name ? [name] : []));
			if (await isListed(exec.command, names, env)) {
				return;
			}

			break;
		}

		default:
			break;
	}

	throw new AuthError(
		`the credential plugin policy of kuberc (${policy}) does not allow the exec plugin ${exec.command}`,
	);
}

async function readPreference(env: Environment): Promise<Preference> {
	if (env['KUBERC'] === 'off' || env['KUBECTL_KUBERC'] === 'false') {
		return {};
	}

	const file = env['KUBERC'] || join(env['HOME'] || homedir(), '.kube', 'kuberc');
	const text = await readFile(file, 'utf8').catch(() => '');
	return parsePreference(text, file);
}

/** A policy that cannot be read must not be passed over. */
function parsePreference(text: string, file: string): Preference {
	try {
		return (
			parseAllDocuments(text)
				.map(preferenceOf)
				.find(({kind}) => kind === 'Preference') ?? {}
		);
	} catch {
		throw new AuthError(`kuberc ${file} is not valid YAML, so its credential plugin policy is unknown`);
	}
}

function preferenceOf(document: Document): Preference {
	if (document.errors.length > 0) {
		throw new Error('not valid YAML');
	}

	return (document.toJS() as Preference | null) ?? {};
}

/** Equal as written, or the same file once both are looked for in PATH (client-go checkAllowlistLocked). */
async function isListed(command: string, names: readonly string[], env: Environment): Promise<boolean> {
	const path = await lookPath(command, env);
	const candidates = names.filter((name) => basename(name) === basename(command));
	const resolved = await Promise.all(candidates.map(async (name) => lookPath(name, env)));
	return names.includes(normalize(command)) || (path !== undefined && [...names, ...resolved].includes(path));
}

async function lookPath(command: string, env: Environment): Promise<string | undefined> {
	const places = command.includes(sep)
		? [command]
		: (env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, command));
	for (const place of places) {
		const found = await access(place, constants.X_OK).then(
			() => true,
			() => false,
		);
		if (found) {
			return place;
		}
	}

	return undefined;
}
