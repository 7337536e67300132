import {PassThrough} from 'node:stream';
import {text} from 'node:stream/consumers';
import {Exec, type V1Status} from '@kubernetes/client-node';
import {config} from './objects.ts';

export type Outcome = {readonly stdout: string; readonly stderr: string; readonly succeeded: boolean};

/** Runs a command in the first container of a pod, to its end. */
export async function execIn(
	{
		namespace,
		pod,
		container = '',
	}: {readonly namespace: string; readonly pod: string; readonly container?: string},
	command: readonly string[],
): Promise<Outcome> {
	const [stdout, stderr] = [new PassThrough(), new PassThrough()];
	const [out, error] = [text(stdout), text(stderr)];
	const status = await new Promise<V1Status>((resolve, reject) => {
		new Exec(config)
			.exec(namespace, pod, container, [...command], stdout, stderr, null, false, resolve)
			.catch(reject);
	});
	stdout.end();
	stderr.end();
	return {stdout: await out, stderr: await error, succeeded: status.status === 'Success'};
}
