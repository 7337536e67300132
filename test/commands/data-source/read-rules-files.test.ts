import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {readRulesFiles} from '../../../source/commands/data-source/read-rules-files.ts';
import {fixture} from '../../evidence/rules/fixture.ts';

async function fileOf(text: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'knet-rules-'));
	onTestFinished(() => rm(folder, {recursive: true}));
	const file = join(folder, 'dump.txt');
	await writeFile(file, text);
	return file;
}

const options = {services: [], at: 1000};

test.each([
	['iptables-node-a.txt', 'iptables'],
	['nft-node-a.txt', 'nftables'],
	['nft-node-a.json', 'nftables'],
])('%s is read as rules of %s', async (name, mode) => {
	const [rules] = await readRulesFiles([`node-a=${await fileOf(fixture(name))}`], options);
	expect(rules).toMatchObject({
		type: 'rules',
		at: 1000,
		vantage: {type: 'node', node: 'node-a'},
		subject: {node: 'node-a'},
		result: {mode},
	});
});

test('IPVS and Cilium dumps are told by their first lines', async () => {
	const ipvs = await fileOf(
		'IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\nTCP  10.96.0.1:443 rr\n  -> 10.89.0.2:6443  Masq 1 0 0\n',
	);
	const cilium = await fileOf(
		'ID   Frontend           Service Type   Backend\n1    10.96.0.1:443/TCP  ClusterIP      1 => 10.89.0.2:6443/TCP (active)\n',
	);
	const found = await readRulesFiles([`node-a=${ipvs}`, `node-b=${cilium}`], options);
	expect(found.map(({result}) => 'mode' in result && result.mode)).toEqual(['ipvs', 'cilium']);
});

test('what is no dump, no file or no assignment is said with what to do', async () => {
	await expect(readRulesFiles([`node-a=${await fileOf('hello\n')}`], options)).rejects.toThrow(
		/is no dump of rules that knet can read/u,
	);
	await expect(readRulesFiles(['node-a=/nonexistent/dump'], options)).rejects.toThrow(
		/There is no file \/nonexistent\/dump/u,
	);
	await expect(readRulesFiles(['dump.txt'], options)).rejects.toThrow(
		'--rules dump.txt names no node or no file.',
	);
});
