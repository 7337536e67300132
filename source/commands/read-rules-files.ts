import {readFile} from 'node:fs/promises';
import {UserError} from '../errors.ts';
import {readRules} from '../evidence/rules/read-rules.ts';
import type {RulesObservation} from '../model/evidence.ts';
import type {Service} from '../model/service.ts';

/** `--rules NODE=FILE`: the rules of nodes, read from files. Rejects with `UserError` for what is no dump. */
export async function readRulesFiles(
	texts: readonly string[],
	{services, at}: {readonly services: readonly Service[]; readonly at: number},
): Promise<readonly RulesObservation[]> {
	return Promise.all(
		texts.map(async (text) => {
			const {node, file} = parse(text);
			const result = readRules(await read(file), {services});
			if (!result) {
				throw new UserError(
					`${file} is no dump of rules that knet can read.`,
					'Write one with iptables-save, nft list table ip kube-proxy, ipvsadm -ln or cilium-dbg service list.',
				);
			}

			return {type: 'rules', at, vantage: {type: 'node', node}, subject: {node}, result, of: {}} as const;
		}),
	);
}

function parse(text: string): {readonly node: string; readonly file: string} {
	const at = text.indexOf('=');
	if (at <= 0 || at === text.length - 1) {
		throw new UserError(`--rules ${text} names no node or no file.`, 'Write --rules node-a=dump.txt.');
	}

	return {node: text.slice(0, at), file: text.slice(at + 1)};
}

async function read(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		throw new UserError(
			`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}.`,
		);
	}
}
