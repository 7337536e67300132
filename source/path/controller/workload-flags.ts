import type {Workload} from '../../model/workloads/workload.ts';

const cache = new WeakMap<Workload, Readonly<Record<string, string>>>();

/** Flags of all containers of a workload: lower-case names without dashes; '' for a bare flag. */
export function flagsOf(workload: Workload): Readonly<Record<string, string>> {
	const known = cache.get(workload);
	if (known) {
		return known;
	}

	const flags = Object.fromEntries(
		workload.containers.flatMap(({command, args}) => parseFlags([...command, ...args])),
	);
	cache.set(workload, flags);
	return flags;
}

/** `--name=value`, `-name=value`, `--name value` and `--name`. */
function parseFlags(words: readonly string[]): readonly (readonly [string, string])[] {
	return words.flatMap((word, index) => {
		const [, name, value] = /^--?([^=\s-][^=\s]*)(?:=([\s\S]*))?$/u.exec(word) ?? [];
		if (name === undefined) {
			return [];
		}

		const next = words[index + 1];
		return [[name.toLowerCase(), value ?? (next === undefined || next.startsWith('-') ? '' : next)] as const];
	});
}
