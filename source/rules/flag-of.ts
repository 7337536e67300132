import type {Container} from '../model/workloads/pod.ts';

/** The value of a flag as projections keep it (`--name=value`); '' for a bare flag. */
export function flagOf(containers: readonly Container[], name: string): string | undefined {
	const word = containers
		.flatMap(({command, args}) => [...command, ...args])
		.find((each) => each.startsWith(`--${name}=`) || each.startsWith(`-${name}=`));
	return word?.slice(word.indexOf('=') + 1);
}
