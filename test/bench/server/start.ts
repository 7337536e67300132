import {fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import type {Ask, Reply} from './control.ts';

type Without<T> = T extends unknown ? Omit<T, 'id'> : never;

export type BenchServer = Awaited<ReturnType<typeof startBenchServer>>;

/** The synthetic API server, in a process of its own. `haste`: its watches end so many times as soon as they are asked to. */
export async function startBenchServer(pods: number, haste = 1) {
	const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), [String(pods), String(haste)], {
		stdio: 'inherit',
	});
	const [{url}] = (await once(child, 'message')) as [{readonly url: string}];
	let asked = 0;
	const ask = async <T>(question: Without<Ask>): Promise<T> => {
		const id = ++asked;
		const answered = new Promise<T>((resolve) => {
			const listen = (reply: Reply): void => {
				if (reply.id === id) {
					child.off('message', listen);
					resolve(reply.answer as T);
				}
			};
			child.on('message', listen);
		});
		child.send({...question, id});
		return answered;
	};

	return {
		url,
		pid: child.pid,
		ask,
		async close() {
			child.kill();
			await once(child, 'exit');
		},
	};
}
