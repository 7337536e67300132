import {UserError} from '../errors.ts';
import {commandTable, type CommandName} from './command-table.ts';
import {dashed, type FlagName, type Flags} from './flags.ts';

const everywhere = ['color', 'ascii', 'help', 'version'] as const;

const connection = [
	'kubeconfig',
	'context',
	'cluster',
	'user',
	'as',
	'asGroup',
	'asUid',
	'requestTimeout',
	'server',
	'token',
	'tlsServerName',
	'insecureSkipTlsVerify',
	'certificateAuthority',
	'clientCertificate',
	'clientKey',
] as const;

const look = [...connection, 'namespace', 'allNamespaces', 'filename', 'output', 'from', 'failOn'] as const;
const trace = [...look, 'watch', 'probe', 'rules', 'method', 'header', 'query'] as const;

/** What has an effect. `scan` says itself why it does not probe. */
const takes: Readonly<Record<CommandName | 'explore', readonly FlagName[]>> = {
	explore: trace,
	trace,
	scan: [...look, 'probe'],
	dns: [...look, 'probe', 'type'],
	explain: ['output'],
	demo: ['output', 'probe'],
	record: [...connection, 'namespace'],
	snapshot: [...connection],
	replay: ['namespace', 'output', 'failOn'],
	rbac: [],
	completion: [],
	version: ['output'],
	help: [],
};

const plain = ['text', 'json', 'yaml'];
const outputsOf: Partial<Record<CommandName | 'explore', readonly string[]>> = {
	explain: plain,
	version: plain,
};

/** A flag that would have no effect is refused: whoever gave it expects one. */
export function verifyFlags(command: CommandName | 'explore', flags: Flags): void {
	const name = command === 'explore' ? 'knet' : `knet ${command}`;
	const idle = (Object.keys(flags) as FlagName[]).find(
		(flag) => ![...everywhere, ...takes[command]].includes(flag),
	);
	if (idle) {
		const others = Object.keys(commandTable).filter((other) => takes[other as CommandName].includes(idle));
		throw new UserError(
			`${name} does not take --${dashed(idle)}.`,
			`It is a flag of knet ${others.join(', ')}.`,
		);
	}

	const allowed = outputsOf[command];
	if (flags.output !== undefined && allowed?.includes(flags.output) === false) {
		throw new UserError(
			`${name} does not print --output ${flags.output}.`,
			`It prints ${allowed.join(', ')}.`,
		);
	}

	if (flags.watch && flags.filename) {
		throw new UserError(
			'--watch follows a cluster, and a file does not change.',
			'Leave --watch out, or --filename.',
		);
	}
}
