import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import {onTestFinished} from 'vitest';
import {directoryOf} from '../helpers/files.ts';
import {canary} from './run.ts';

/** A server on loopback that answers like this, for one test. Resolves to its URL. */
export async function serve(answer: RequestListener): Promise<string> {
	const server = createServer(answer);
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address of loopback on which nobody listens. */
export async function nobody(): Promise<string> {
	const server = createServer();
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const {port} = server.address() as AddressInfo;
	await new Promise((resolve) => {
		server.close(resolve);
	});
	return `http://127.0.0.1:${port}`;
}

/** A kubeconfig for that server, full of things that are nobody's business. Resolves to its file. */
export async function kubeconfigFor(server: string): Promise<string> {
	const directory = await directoryOf({
		config: `apiVersion: v1
kind: Config
current-context: prod
contexts:
  - {name: prod, context: {cluster: prod, user: nora, namespace: shop}}
clusters:
  - {name: prod, cluster: {server: "${server}"}}
users:
  - {name: nora, user: {token: ${canary}}}
`,
	});
	return `${directory}/config`;
}
