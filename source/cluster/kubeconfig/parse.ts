import {dirname, isAbsolute, join, resolve, sep} from 'node:path';
import {parseAllDocuments, type Tags} from 'yaml';
import {UserError} from '../../errors.ts';
import {type Fields, fieldsOf, mendKubeconfig} from './fields.ts';
import {
	type ClusterEntry,
	type ContextEntry,
	type ExecConfig,
	type Kubeconfig,
	type UserEntry,
} from './kubeconfig.ts';

/** Reads one kubeconfig. Errors name the file and the line or field, and quote nothing: the file holds secrets. */
export function parseKubeconfig(text: string, file: string): Kubeconfig {
	const fields = fieldsOf(parseYaml(text, file), file);
	verifyType(fields);
	const base = resolve(dirname(file));
	const currentContext = fields.text('current-context');
	return {
		clusters: named(fields, {list: 'clusters', item: 'cluster'}, (item) => clusterOf(item, base)),
		users: named(fields, {list: 'users', item: 'user'}, (item, name) => userOf(item, {base, file, name})),
		contexts: named(fields, {list: 'contexts', item: 'context'}, contextOf),
		currentContext,
	};
}

/**
What sigs.k8s.io/yaml reads: YAML 1.1 with its booleans and merge keys, but times stay text, and of a key given twice the
last counts.
*/
export const dialect = {
	version: '1.1',
	uniqueKeys: false,
	prettyErrors: true,
	customTags: (tags: Tags) =>
		tags.filter(
			(tag) => typeof tag === 'string' || (tag.format !== 'TIME' && !tag.tag.endsWith(':timestamp')),
		),
} as const;

/** The first document: kubectl reads no further. */
function parseYaml(text: string, file: string): unknown {
	const document = parseAllDocuments(text, dialect)[0];
	if (!document || !('errors' in document)) {
		return undefined;
	}

	const [error] = document.errors;
	if (error) {
		const line = error.linePos?.[0].line;
		const place = line === undefined ? '' : ` at line ${line}`;
		throw new UserError(`kubeconfig ${file}: not valid YAML${place} (${words(error.code)})`, mendKubeconfig);
	}

	return toPlain(() => document.toJS({maxAliasCount: 100}), file);
}

function toPlain(convert: () => unknown, file: string): unknown {
	try {
		return convert();
	} catch {
		throw new UserError(`kubeconfig ${file}: its aliases cannot be resolved`, mendKubeconfig);
	}
}

function words(code: string): string {
	return code.toLowerCase().replaceAll('_', ' ');
}

/** Absent means the usual; anything else was not written for this format. */
function verifyType(fields: Fields): void {
	if ((fields.text('kind') ?? 'Config') !== 'Config') {
		fields.refuse('kind', 'must be Config');
	}

	if ((fields.text('apiVersion') ?? 'v1') !== 'v1') {
		fields.refuse('apiVersion', 'must be v1');
	}
}

/** The named entries of a list; a name twice in one file is an error, as in kubectl. */
function named<T>(
	fields: Fields,
	keys: {readonly list: string; readonly item: string},
	read: (item: Fields, name: string) => T,
): ReadonlyMap<string, T> {
	const entries = new Map<string, T>();
	for (const entry of fields.objects(keys.list)) {
		const name = entry.text('name') ?? '';
		if (entries.has(name)) {
			entry.refuse('name', `appears twice in ${keys.list}`);
		}

		entries.set(name, read(entry.object(keys.item) ?? fieldsOf({}, ''), name));
	}

	return entries;
}

function clusterOf(item: Fields, base: string): ClusterEntry {
	return defined({
		server: item.text('server'),
		tlsServerName: item.text('tls-server-name'),
		insecureSkipTlsVerify: item.flag('insecure-skip-tls-verify'),
		certificateAuthority: pathOf(item.text('certificate-authority'), base),
		certificateAuthorityData: base64Of(item, 'certificate-authority-data'),
		proxyUrl: item.text('proxy-url'),
		disableCompression: item.flag('disable-compression'),
		execExtension: item
			.objects('extensions')
			.find((extension) => extension.text('name') === 'client.authentication.k8s.io/exec')
			?.raw('extension'),
	});
}

type Origin = {readonly base: string; readonly file: string; readonly name: string};

function userOf(item: Fields, {base, file, name}: Origin): UserEntry {
	const exec = item.object('exec');
	const provider = item.object('auth-provider');
	const groups = item.texts('as-groups');
	return defined({
		clientCertificate: pathOf(item.text('client-certificate'), base),
		clientCertificateData: base64Of(item, 'client-certificate-data'),
		clientKey: pathOf(item.text('client-key'), base),
		clientKeyData: base64Of(item, 'client-key-data'),
		token: item.text('token'),
		tokenFile: pathOf(item.text('tokenFile'), base),
		username: item.text('username'),
		password: item.text('password'),
		impersonate: item.text('as'),
		impersonateUid: item.text('as-uid'),
		impersonateGroups: groups.length === 0 ? undefined : groups,
		impersonateExtra: extraOf(item.object('as-user-extra')),
		authProvider: provider && {
			name: provider.text('name') ?? '',
			config: textsOf(provider.object('config')),
			file,
			user: name,
		},
		exec: exec && execOf(exec, base),
	});
}

function textsOf(config: Fields | undefined): Readonly<Record<string, string | undefined>> {
	return config ? Object.fromEntries(config.keys().map((key) => [key, config.text(key)])) : {};
}

function extraOf(extra: Fields | undefined): Readonly<Record<string, readonly string[]>> | undefined {
	return extra && Object.fromEntries(extra.keys().map((key) => [key, extra.texts(key)]));
}

function execOf(exec: Fields, base: string): ExecConfig {
	const command = exec.text('command') ?? '';
	return defined({
		// A bare name is for PATH; with a slash it is a file beside the kubeconfig (clientcmd GetAuthInfoFileReferences).
		command: command.includes(sep) ? join(isAbsolute(command) ? '' : base, command) : command,
		args: exec.texts('args'),
		env: exec
			.objects('env')
			.map((item) => ({name: item.text('name') ?? '', value: item.text('value') ?? ''})),
		apiVersion: exec.text('apiVersion') ?? '',
		installHint: exec.text('installHint'),
		provideClusterInfo: exec.flag('provideClusterInfo') ?? false,
		interactiveMode: exec.text('interactiveMode'),
	});
}

function contextOf(item: Fields): ContextEntry {
	return defined({
		cluster: item.text('cluster'),
		user: item.text('user'),
		namespace: item.text('namespace'),
	});
}

function pathOf(path: string | undefined, base: string): string | undefined {
	return path === undefined || isAbsolute(path) ? path : join(base, path);
}

function base64Of(item: Fields, key: string): string | undefined {
	const text = item.text(key)?.replaceAll(/[\r\n]/g, '');
	return text === undefined || /^(?:[\d+/A-Za-z]{4})*(?:[\d+/A-Za-z]{2}==|[\d+/A-Za-z]{3}=)?$/.test(text)
		? text
		: item.refuse(key, 'is not base64');
}

/** Absent rather than undefined, so that entries compare and merge by what they say. */
function defined<T extends object>(entry: T): T {
	return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as T;
}
