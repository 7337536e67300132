import {version} from '../version.ts';
import type {Flags} from './flags/flags.ts';
import type {Terminal} from './output/terminal.ts';

/** `knet version`, with `-o json|yaml` as kubectl has it. */
export function printVersion({output}: Flags, {print}: Terminal): number {
	const node = process.version.slice(1);
	if (output === 'json') {
		print(`${JSON.stringify({knet: version, node}, undefined, 2)}\n`);
	} else {
		print(output === 'yaml' ? `knet: ${version}\nnode: ${node}\n` : `knet ${version} (Node ${node})\n`);
	}

	return 0;
}
