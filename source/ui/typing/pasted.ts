import {parseTarget} from '../../path/target-text.ts';
import {resourceNamed} from '../../path/object-names.ts';
import type {SessionState} from '../../session/state.ts';
import type {OpenedTarget} from '../state.ts';

/** What a pasted text asks for: a URL, a host, IP:port, an object's name, or a kubectl line; undefined where it is none of them. */
export function pastedTarget(pasted: string, session: SessionState): OpenedTarget | undefined {
	const line = firstLine(pasted);
	const words = line.split(/\s+/u).map((word) => word.replaceAll(/^["'`<(]+|["'`>),;]+$/gu, ''));
	const found = words.includes('kubectl')
		? kubectlTarget(words.slice(words.indexOf('kubectl') + 1))
		: plainTarget(words, session);
	return found && 'value' in parseTarget(found.target)
		? {target: found.target, namespace: found.namespace ?? session.namespace}
		: undefined;
}

function firstLine(text: string): string {
	return (
		text
			.split(/[\r\n]+/u)
			.map((line) => line.trim())
			.find((line) => line !== '') ?? ''
	);
}

/** An alert puts a URL into a sentence: the first word with a scheme counts, else the whole line must be one word, or `TYPE NAME`. */
function plainTarget(words: readonly string[], session: SessionState): OpenedTarget | undefined {
	const url = words.find((word) => /^https?:\/\//iu.test(word));
	const text = url ?? (words.length <= 2 ? words.join(' ') : '');
	const entry = session.entries.find(({title, target}) => title === text || target === text);
	if (entry) {
		return {target: entry.target, namespace: entry.namespace};
	}

	if (text === '') {
		return undefined;
	}

	// The last two parts of the name of a pod of a Deployment are drawn from letters that make no words (rand.SafeEncodeString).
	return {target: /^[a-z0-9-]+-[bcdf-hj-np-tv-xz2456789]{5}$/u.test(text) ? `pod/${text}` : text};
}

/** Flags of kubectl that take a value as the next word. */
const withValue = new Set([
	'-n',
	'--namespace',
	'-o',
	'--output',
	'-c',
	'--container',
	'-l',
	'--selector',
	'--context',
	'--kubeconfig',
	'--tail',
	'--since',
	'-f',
	'--filename',
]);

function kubectlTarget(words: readonly string[]): OpenedTarget | undefined {
	const beforeDashes = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
	const plain = beforeDashes.filter(
		(word, position) => !word.startsWith('-') && !withValue.has(beforeDashes[position - 1] ?? ''),
	);
	const namespace = namespaceOf(beforeDashes);
	const [verb, first = '', second] = plain;
	const target =
		verb === 'logs' || verb === 'exec' || verb === 'port-forward' ? podOr(first) : objectOf(first, second);
	return target === undefined ? undefined : {target, namespace};
}

function namespaceOf(words: readonly string[]): string | undefined {
	const position = words.findIndex((word) => word === '-n' || word === '--namespace');
	const joined = words.find((word) => word.startsWith('--namespace='));
	return position >= 0 ? words[position + 1] : joined?.slice('--namespace='.length);
}

function podOr(name: string): string | undefined {
	return name === '' ? undefined : name.includes('/') ? name : `pod/${name}`;
}

function objectOf(first: string, second: string | undefined): string | undefined {
	if (first.includes('/')) {
		return first;
	}

	return second !== undefined && resourceNamed(first) ? `${first}/${second}` : undefined;
}
