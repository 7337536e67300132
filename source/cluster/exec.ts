import {Buffer} from 'node:buffer';
import type {Connection} from './connection.ts';

type ExecRequest = {
	readonly namespace: string;
	readonly pod: string;
	readonly container: string;
	/** Program and arguments; no shell. */
	readonly command: readonly string[];
	readonly signal?: AbortSignal;
	/** Standard output beyond it is left unread, and the command ended. */
	readonly maxBytes: number;
};

type ExecResult = {
	readonly stdout: string;
	readonly stderr: string;
	/** 0 is success; absent where the command could not be run, or was cut off. */
	readonly exitStatus?: number;
	/** Why it could not be run, in the words of the kubelet. */
	readonly failure?: string;
	readonly isCut: boolean;
};

/** Runs a command in a container (core/v1 pods/exec) without input. Rejects as `Connection.webSocket`. */
export async function execInPod(connection: Connection, request: ExecRequest): Promise<ExecResult> {
	const {namespace, pod, container, command, signal} = request;
	const query = new URLSearchParams({container, stdout: 'true', stderr: 'true'});
	command.forEach((word) => query.append('command', word));
	const channel = await connection.webSocket(
		`/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/exec`,
		query,
		{protocols: ['v5.channel.k8s.io', 'v4.channel.k8s.io'], signal},
	);
	try {
		return await collect(channel.messages, request.maxBytes);
	} finally {
		channel.close();
	}
}

/** The first byte of a message names its channel (k8s.io/apimachinery remotecommand). */
const channels = {stdout: 1, stderr: 2, status: 3} as const;

/** Only the beginning of standard error is of use. */
const longestError = 4096;

async function collect(messages: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ExecResult> {
	const stdout: Uint8Array[] = [];
	const stderr: Uint8Array[] = [];
	let length = 0;
	let status = '';
	for await (const message of messages) {
		const payload = message.subarray(1);
		if (message[0] === channels.stdout) {
			stdout.push(payload);
			length += payload.length;
		} else if (message[0] === channels.stderr) {
			stderr.push(payload);
		} else if (message[0] === channels.status) {
			status += Buffer.from(payload).toString('utf8');
		}

		if (length > maxBytes) {
			break;
		}
	}

	const output = {
		stdout: Buffer.concat(stdout).toString('utf8'),
		stderr: Buffer.concat(stderr).toString('utf8').slice(0, longestError),
	};
	return length > maxBytes ? {...output, isCut: true} : {...output, isCut: false, ...readStatus(status)};
}

type Status = {
	readonly status?: unknown;
	readonly message?: unknown;
	readonly details?: {readonly causes?: readonly {readonly reason?: unknown; readonly message?: unknown}[]};
};

/** A `Status` object: Success, or NonZeroExitCode with the code among its causes. */
function readStatus(text: string): Pick<ExecResult, 'exitStatus' | 'failure'> {
	const status = parse(text);
	if (status?.status === 'Success') {
		return {exitStatus: 0};
	}

	const cause = status?.details?.causes?.find(({reason}) => reason === 'ExitCode');
	const message = typeof status?.message === 'string' ? status.message : 'the command ended without a status';
	return cause ? {exitStatus: Number(cause.message)} : {failure: message};
}

function parse(text: string): Status | undefined {
	try {
		return JSON.parse(text) as Status;
	} catch {
		return undefined;
	}
}
