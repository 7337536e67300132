import {access} from 'node:fs/promises';
import {placesOf} from '../config/places.ts';
import {configSchema} from '../config/schema.ts';
import {UserError} from '../errors.ts';
import {version} from '../version.ts';
import type {Flags} from './flags/flags.ts';
import type {Terminal} from './output/terminal.ts';

/** `knet info`: where knet keeps its files; `knet info schema`: what the configuration may hold. */
export async function info(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	if (words.length > 1 || (words.length === 1 && words[0] !== 'schema')) {
		throw new UserError(`knet info takes no ${words.at(-1)}.`, 'Write knet info, or knet info schema.');
	}

	const facts = words.length === 1 ? configSchema : await factsOf(terminal.env);
	terminal.print(await asText(facts, flags.output ?? (words.length === 1 ? 'json' : 'text')));
	return 0;
}

async function factsOf(env: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> {
	const places = placesOf(env);
	const kept = [places.config, places.state, places.log, places.cache];
	const [config, state, log, cache] = await Promise.all(kept.map(withPresence));
	return {
		knet: version,
		node: process.version.slice(1),
		config: config!,
		state: state!,
		log: log!,
		cache: cache!,
	};
}

async function withPresence(file: string): Promise<string> {
	return access(file).then(
		() => file,
		() => `${file} (not there)`,
	);
}

async function asText(facts: object, output: string): Promise<string> {
	if (output === 'json') {
		return `${JSON.stringify(facts, undefined, 2)}\n`;
	}

	return output === 'yaml'
		? (await import('./output/to-yaml.ts')).toYaml(facts)
		: Object.entries(facts)
				.map(([name, value]) => `${name.padEnd(8)}${String(value)}\n`)
				.join('');
}
