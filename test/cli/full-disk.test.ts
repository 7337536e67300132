import {open} from 'node:fs/promises';
import {onTestFinished, test, expect} from 'vitest';
import {directoryOf} from '../helpers/files.ts';
import {shopYaml} from '../session/cluster.ts';
import {kubeconfigFor, serve} from './api-server.ts';
import {knet} from './knet.ts';

/** A file says that there are none of a kind by an empty list of it. */
const noPolicies = '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems: []\n';

/** Linux's disk that is always full. */
async function fullDisk(): Promise<number> {
	const disk = await open('/dev/full', 'w');
	onTestFinished(() => disk.close());
	return disk.fd;
}

const onLinux = test.runIf(process.platform === 'linux');

onLinux('a full disk behind stdout is said, and ends the command with 2', async () => {
	const directory = await directoryOf({'shop.yaml': shopYaml + noPolicies});
	const stdout = await fullDisk();
	for (const args of [['scan', '-A', '-f', `${directory}/shop.yaml`], ['--help'], ['version']]) {
		expect(await knet(args, {stdout})).toEqual({
			code: 2,
			stdout: '',
			stderr: 'error: The output cannot be written: no space left on device (ENOSPC).\n',
		});
	}
});

onLinux('a full disk behind stderr ends nothing', async () => {
	const directory = await directoryOf({'shop.yaml': shopYaml + noPolicies});
	const file = `${directory}/shop.yaml`;
	const stderr = await fullDisk();
	expect(await knet(['scan', '-n', 'shop', '-f', file], {stderr})).toMatchObject({code: 0});
	expect(await knet(['scan', '-n', 'shop', '-f', `${file}x`], {stderr})).toMatchObject({code: 2});
});

onLinux('a recording onto a full disk ends at once, and says why', async () => {
	const server = await serve((request, answer) => {
		answer.writeHead(200, {'content-type': 'application/json'});
		answer.end('{}');
	});
	const env = {KUBECONFIG: await kubeconfigFor(server)};
	const run = await knet(['record', '/dev/full'], {env});
	expect(run).toMatchObject({
		code: 2,
		stderr: expect.stringMatching(
			/^error: \/dev\/full cannot be written: no space left on device \(ENOSPC\)\.$/mu,
		),
	});
});
