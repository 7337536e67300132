import {UserError} from '../../errors.ts';
import {readRules} from '../../evidence/rules/read-rules.ts';
import type {RulesObservation} from '../../model/evidence.ts';
import type {Service} from '../../model/services/service.ts';
import {readText} from './read-text.ts';

/** `--rules NODE=FILE`: the rules of nodes, read from files. Rejects with `UserError` for what is no dump. */
export async function readRulesFiles(
	texts: readonly string[],
	{services, at}: {readonly services: readonly Service[]; readonly at: number},
): Promise<readonly RulesObservation[]> {
	return Promise.all(
		texts.map(async (text) => {
			const {node, file} = parse(text);
			const result = readRules(await readText(file), {services});
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
