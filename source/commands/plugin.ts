import {UserError} from '../errors.ts';
import {k9sPlugins} from './k9s-plugins.ts';
import type {Terminal} from './output/terminal.ts';
import {toYaml} from './output/to-yaml.ts';

/** `knet plugin k9s`: a file that makes knet a key of k9s. It runs the program that there is: kubectl's plugin may stand alone. */
export function plugin(words: readonly string[], program: string, {print}: Terminal): number {
	const [word] = words;
	if (word !== 'k9s') {
		throw new UserError(
			word === undefined ? 'knet plugin needs a program.' : `knet has no plugin for ${word}.`,
			'Write knet plugin k9s > "${XDG_CONFIG_HOME:-$HOME/.config}/k9s/plugins/knet.yaml".',
		);
	}

	print(`# knet in k9s: shift-k traces what is selected, shift-u scans its namespace.
# mkdir -p ~/.config/k9s/plugins
# knet plugin k9s > ~/.config/k9s/plugins/knet.yaml
${toYaml({plugins: k9sPlugins(program.replace(' ', '-'))})}`);
	return 0;
}
