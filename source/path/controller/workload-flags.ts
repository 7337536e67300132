import {namespaceList} from '../../model/kept/flags.ts';
import type {Workload} from '../../model/workloads/workload.ts';

const cache = new WeakMap<Workload, Readonly<Record<string, string>>>();

/** Flags of all containers of a workload: lower-case names without dashes; '' for a bare flag. */
export function flagsOf(workload: Workload): Readonly<Record<string, string>> {
	const known = cache.get(workload);
	if (known) {
		return known;
	}

	const given = workload.containers.flatMap(({command, args}) => parseFlags([...command, ...args]));
	const flags = {...Object.fromEntries(given), ...listsOf(given)};
	cache.set(workload, flags);
	return flags;
}

type Given = readonly (readonly [name: string, value: string])[];

/** A flag that is repeated for a list of namespaces. */
function listsOf(given: Given): Readonly<Record<string, string>> {
	const lists = Map.groupBy(
		given.filter(([name]) => namespaceList.test(name)),
		([name]) => name,
	);
	return Object.fromEntries([...lists].map(([name, all]) => [name, all.map(([, value]) => value).join(',')]));
}

/** `--name=value`, `-name=value`, `--name value` and `--name`. */
function parseFlags(words: readonly string[]): Given {
	return words.flatMap((word, index) => {
		const [, name, value] = /^--?([^=\s-][^=\s]*)(?:=([\s\S]*))?$/u.exec(word) ?? [];
		if (name === undefined) {
			return [];
		}

		const next = words[index + 1];
		return [[name.toLowerCase(), value ?? (next === undefined || next.startsWith('-') ? '' : next)] as const];
	});
}
