import {commandTable} from './command-table.ts';
import {dashed, flagTable, type FlagEntry, type FlagName} from './flags.ts';

/** What `--help` prints. `program` is `knet`, or `kubectl knet` when it runs as kubectl's plugin. */
export function helpText(program: string): string {
	return [
		'A request for this name should reach a container; where does it stop?',
		'',
		'Usage',
		row(`${program} [TARGET]`, 'the explorer; with a TARGET it opens on that path'),
		...Object.values(commandTable).map(({usage, summary}) => row(`${program} ${usage}`, summary)),
		'',
		'TARGET',
		'  https://host/path · host[/path] · svc/NAME[:PORT] · deploy/NAME · ing/NAME · httproute/NAME · gateway/NAME · pod/NAME:PORT · IP:PORT',
		'  NAME may be NAMESPACE/NAME; PORT a number or a name. A URL is looked for in every namespace, unless -n is given.',
		'',
		'Flags',
		...section([
			'namespace',
			'allNamespaces',
			'from',
			'filename',
			'output',
			'watch',
			'probe',
			'rules',
			'failOn',
		]),
		...section(['method', 'header', 'query', 'type', 'color', 'ascii', 'help', 'version']),
		'',
		"kubectl's own",
		...section([
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
		]),
		...section([
			'tlsServerName',
			'insecureSkipTlsVerify',
			'certificateAuthority',
			'clientCertificate',
			'clientKey',
		]),
		'',
		'Exit codes',
		'  0  every path that was asked for works',
		'  1  a finding is at or above --fail-on: error (also without the flag), warning, or unknown (nothing may be unknown)',
		'  2  knet could not tell: something is unknown, nothing was found, or the input is wrong',
		'  --fail-on never gives 0 for all but wrong input',
		'',
		'Examples',
		`  ${program} demo                                    see it work, without a cluster`,
		`  ${program} trace https://app.example.com/api       where does this request stop?`,
		`  ${program} trace svc/web:80 --from pod/shop/api-0  from inside`,
		`  ${program} scan -A -o json                         everything, for a machine`,
		'',
	].join('\n');
}

function section(names: readonly FlagName[]): readonly string[] {
	return names.map((name) => {
		const entry: FlagEntry = flagTable[name];
		const flag = `${entry.short ? `-${entry.short}, ` : ''}--${dashed(name)}${entry.value ? ` ${entry.value}` : ''}`;
		return row(flag, entry.help);
	});
}

function row(left: string, right: string): string {
	return `  ${left.padEnd(34)} ${right}`;
}
