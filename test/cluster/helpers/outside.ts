import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {balancerAddress, hostHelper} from './environment.ts';
import {list} from './objects.ts';

const run = promisify(execFile);

/** Has the machine that holds the cluster do something. Only where KNET_CLUSTER names its program. */
export async function askHost(...args: readonly string[]): Promise<string> {
	const {stdout} = await run(hostHelper ?? 'none', args, {maxBuffer: 64 << 20});
	return stdout;
}

/** Runs a program outside the cluster. */
async function outside(command: string, args: readonly string[]): Promise<string> {
	const {stdout} = await (hostHelper
		? run(hostHelper, ['in', 'client', command, ...args], {maxBuffer: 64 << 20})
		: run(command, args, {maxBuffer: 64 << 20}));
	return stdout;
}

type IngressWire = {
	readonly status?: {readonly loadBalancer?: {readonly ingress?: readonly {readonly ip?: string}[]}};
};

/** What the world's DNS would say of the controller: the address in the status of some Ingress. */
export async function addressOfController(): Promise<string> {
	const found = (await list('networking.k8s.io/v1', 'Ingress'))
		.map((ingress) => (ingress as unknown as IngressWire).status?.loadBalancer?.ingress?.[0]?.ip)
		.find((ip) => ip !== undefined);
	return balancerAddress ?? found ?? '';
}

export type Requested = {
	readonly url: string;
	readonly method?: string;
	readonly headers?: readonly {readonly name: string; readonly value: string}[];
};

/** `status` is 0 where no answer came; `exit` is curl's, 7 refused, 28 timed out. */
export type Answered = {
	readonly exit: number;
	readonly status: number;
	readonly body: string;
	readonly location: string;
};

const separator = '\u0001';

/** Sends requests, each to one address whatever its host says, eight at a time. */
export async function askFromOutside(
	requests: readonly Requested[],
	address: string,
): Promise<readonly Answered[]> {
	const script = requests
		.map((requested, index) => `one ${index} ${curlArgs(requested, address)}`)
		.join(' &\n');
	const eight = script
		.split(' &\n')
		.map((line, index) => (index % 8 === 7 ? `${line} &\nwait` : `${line} &`));
	const format = `${separator}%{http_code}${separator}%{redirect_url}`;
	const define = `one() { i=$1; shift; out=$(curl -sk -m 5 -w '${format}' "$@"); printf '%s${separator}%s${separator}%s\\0' "$i" "$?" "$out"; }`;
	const stdout = await outside('sh', ['-c', `${define}\n${eight.join('\n')}\nwait`]);
	const answers = new Map(stdout.split('\0').map(parseAnswer));
	return requests.map((_asked, index) => answers.get(index) ?? {exit: -1, status: 0, body: '', location: ''});
}

function parseAnswer(text: string): readonly [number, Answered] {
	const [index = '', exit = '', body = '', status = '', location = ''] = text.split(separator);
	return [index === '' ? -1 : Number(index), {exit: Number(exit), status: Number(status), body, location}];
}

function curlArgs({url, method = 'GET', headers = []}: Requested, address: string): string {
	const {hostname, port, protocol} = new URL(url);
	const number = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
	return [
		'--path-as-is',
		'-X',
		method,
		'--resolve',
		`${hostname}:${number}:${address}`,
		...headers.flatMap(({name, value}) => ['-H', `${name}: ${value}`]),
		url,
	]
		.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`)
		.join(' ');
}
