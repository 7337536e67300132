import {parseHostPort} from './rule-set-builder.ts';

/** What is read of one `-A` line. */
export type IptablesRule = {
	readonly chain: string;
	readonly target: string;
	readonly comment: string;
	readonly protocol?: string;
	/** Of `-m statistic`; absent: always. */
	readonly probability?: number;
	/** `-s`, and not negated. */
	readonly source?: string;
	/** `--src-type LOCAL`: from the node itself. */
	readonly isFromNode: boolean;
	/** `-m recent --rcheck`: for clients that session affinity remembers. */
	readonly isAffinity: boolean;
	readonly destination?: {readonly address: string; readonly port: number};
};

/** kube-proxy's own lines stay well below. */
const longest = 2000;

/** Undefined for a line that is cut off or not a rule. */
export function parseRule(line: string): IptablesRule | undefined {
	const words = line.length > longest ? undefined : wordsOf(line);
	const target = words && valueOf(words, '-j', '-g');
	if (!words || words[0] !== '-A' || !words[1]) {
		return undefined;
	}

	const destination = valueOf(words, '--to-destination');
	const probability = Number(valueOf(words, '--probability') ?? Number.NaN);
	const sourceAt = words.indexOf('-s');
	return {
		chain: words[1],
		target: target ?? '',
		comment: valueOf(words, '--comment') ?? '',
		protocol: valueOf(words, '-p'),
		probability: probability >= 0 && probability <= 1 ? probability : undefined,
		source: sourceAt > 0 && words[sourceAt - 1] !== '!' ? words[sourceAt + 1] : undefined,
		isFromNode: valueOf(words, '--src-type') === 'LOCAL',
		isAffinity: words.includes('--rcheck'),
		destination: destination === undefined ? undefined : parseHostPort(destination),
	};
}

function valueOf(words: readonly string[], ...flags: readonly string[]): string | undefined {
	const at = words.findIndex((word) => flags.includes(word));
	return at === -1 ? undefined : words[at + 1];
}

/** Words, with quotes taken off. Undefined when a quote is not closed. */
function wordsOf(line: string): readonly string[] | undefined {
	const words: readonly string[] = line.match(/"(?:[^"\\]|\\.)*"|[^\s"]+|"/g) ?? [];
	return words.includes('"')
		? undefined
		: words.map((word) => (word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word));
}
