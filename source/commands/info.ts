import {access, readFile} from 'node:fs/promises';
import {getAsset, isSea} from 'node:sea';
import {ownPathsOf} from '../config/own-paths.ts';
import {configSchema} from '../config/schema.ts';
import {UserError} from '../errors.ts';
import {version} from '../version.ts';
import type {Flags} from './flags/flags.ts';
import type {Terminal} from './output/terminal.ts';

/** `knet info`: where knet keeps its files; `schema`: what the configuration may hold; `notices`: whose code knet holds. */
export async function info(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	const [word, ...more] = words;
	if (more.length > 0 || (word !== undefined && word !== 'schema' && word !== 'notices')) {
		throw new UserError(
			`knet info takes no ${words.at(-1)}.`,
			'Write knet info, knet info schema or knet info notices.',
		);
	}

	if (word === 'notices') {
		terminal.print(await notices(flags));
		return 0;
	}

	const facts = word ? configSchema : await factsOf(terminal.env);
	terminal.print(await asText(facts, flags.output ?? (word ? 'json' : 'text')));
	return 0;
}

async function factsOf(env: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> {
	const places = ownPathsOf(env);
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

/** The licences of the code that knet holds ask for them wherever it goes: a single executable has no file beside it. */
async function notices({output}: Flags): Promise<string> {
	if (output !== undefined && output !== 'text') {
		throw new UserError(`knet info notices prints text, not ${output}.`, 'Leave --output out.');
	}

	const name = 'THIRD-PARTY-NOTICES.txt';
	if (isSea()) {
		return getAsset(name, 'utf8');
	}

	return readFile(new URL(`../${name}`, import.meta.url), 'utf8').catch(() => {
		throw new UserError(
			'The notices are made with the bundle, and this knet runs from its sources.',
			`npm run build writes dist/${name}.`,
		);
	});
}
