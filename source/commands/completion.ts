import {UserError} from '../errors.ts';
import {commandTable} from './command-table.ts';
import {dashed, flagEntry, flagNames} from './flags.ts';
import type {Terminal} from './terminal.ts';

/** `knet completion SHELL`: a script that completes commands and flags. */
export function completion(words: readonly string[], {print}: Terminal): number {
	const [shell] = words;
	if (shell === undefined || !Object.hasOwn(scripts, shell)) {
		const names = Object.keys(scripts).join(', ');
		throw new UserError(
			shell === undefined
				? 'knet completion needs a shell.'
				: `knet completes for ${names}, not for ${shell}.`,
			'For example: source <(knet completion bash).',
		);
	}

	print(scripts[shell as keyof typeof scripts]());
	return 0;
}

const scripts = {
	bash,
	zsh: () => `#compdef knet\nautoload -U +X bashcompinit && bashcompinit\n${bash()}`,
	fish,
} as const;
const shells = ['bash', 'zsh', 'fish'];
const flags = flagNames.map(dashed);
const commands = Object.keys(commandTable);

function bash(): string {
	return `_knet() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  case $before in
    -o|--output) COMPREPLY=($(compgen -W "${commandTable.trace.outputs.join(' ')}" -- "$word")); return;;
    -f|--filename|--kubeconfig) COMPREPLY=($(compgen -f -- "$word")); return;;
    --context) COMPREPLY=($(compgen -W "$(kubectl config get-contexts -o name 2>/dev/null)" -- "$word")); return;;
    -n|--namespace) COMPREPLY=($(compgen -W "$(kubectl get namespaces -o name --request-timeout=1s 2>/dev/null | cut -d/ -f2)" -- "$word")); return;;
    completion) COMPREPLY=($(compgen -W "${shells.join(' ')}" -- "$word")); return;;
  esac
  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W "${flags.join(' ')}" -- "$word"));
  else COMPREPLY=($(compgen -W "${commands.join(' ')}" -- "$word")); fi
}
complete -o default -F _knet knet
`;
}

function fish(): string {
	return [
		...Object.entries(commandTable).map(
			([name, {summary}]) => `complete -c knet -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
		),
		...flagNames.map((name) =>
			[
				`complete -c knet -l ${dashed(name).slice(2)}`,
				flagEntry(name).short ? `-s ${flagEntry(name).short}` : '',
				flagEntry(name).type === 'string' ? '-r' : '',
				`-d ${quoted(flagEntry(name).help)}`,
			]
				.filter(Boolean)
				.join(' '),
		),
		'',
	].join('\n');
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", String.raw`\'`)}'`;
}
