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

const [field, record] = ['\u0001', '\u0002'];
const format = `${field}%{exitcode}${field}%{http_code}${field}%{redirect_url}${record}`;

/** Sends requests one after the other, each to one address whatever its host says: all by one curl. */
export async function askFromOutside(
	requests: readonly Requested[],
	address: string,
): Promise<readonly Answered[]> {
	const args = requests.flatMap((requested, index) => [
		...(index === 0 ? [] : ['--next']),
		...curlArgs(requested, address),
	]);
	// It ends with the fault of its last request, and has printed all of them.
	const stdout = await outside('curl', args).catch(
		(error: unknown) => (error as {readonly stdout: string}).stdout,
	);
	const answers = stdout.split(record).map(parseAnswer);
	return requests.map((_asked, index) => answers[index] ?? {exit: -1, status: 0, body: '', location: ''});
}

function parseAnswer(text: string): Answered {
	const [body = '', exit = '', status = '', location = ''] = text.split(field);
	return {exit: Number(exit), status: Number(status), body, location};
}

function curlArgs({url, method = 'GET', headers = []}: Requested, address: string): readonly string[] {
	const {hostname, port, protocol} = new URL(url);
	const number = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
	return [
		'--silent',
		'--insecure',
		'--max-time',
		'5',
		'--write-out',
		format,
		'--path-as-is',
		'-X',
		method,
		'--resolve',
		`${hostname}:${number}:${address}`,
		...headers.flatMap(({name, value}) => ['-H', `${name}: ${value}`]),
		url,
	];
}
