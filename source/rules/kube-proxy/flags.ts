import type {Container} from '../../model/workloads/pod.ts';
import {memoize} from '../memoize.ts';

/** A flag without a value is set, too. */
export function isSet(flag: string | undefined): boolean {
	return flag === '' || flag === 'true';
}

export const wordsOf = memoize((containers: readonly Container[]): readonly string[] =>
	containers.flatMap(({command, args}) => [...command, ...args]),
);

/** Value of `--name=value`, as projections keep flags; '' for a bare flag. */
export function flagOf(all: readonly string[], name: string): string | undefined {
	const word = all.find((each) => each.startsWith(`--${name}=`));
	return word?.slice(name.length + 3);
}
