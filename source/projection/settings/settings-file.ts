import {CORE_SCHEMA, load} from 'js-yaml';
import {keptOf} from '../../model/kept/flags.ts';
import {asIs} from './documents.ts';

/** Guards against a document that was made to be deep. */
const maximumDepth = 12;

/**
A YAML file of settings that a controller reads from a ConfigMap, as one line a setting: its path in lower case, and its value. Only
settings that a walk reads are kept; of those that may hold anything only that they are given. '' where there is none of them.
Undefined: it cannot be read.
*/
export function keptOfSettingsFile(text: string): string | undefined {
	if (text.trim() === '') {
		return '';
	}

	try {
		return settingsIn(load(text, {schema: CORE_SCHEMA, maxAliases: 0}), '', 0)
			.flatMap(([path, value]) => kept(path, value))
			.map(([path, value]) => `${path}: ${JSON.stringify(value)}`)
			.join('\n');
	} catch {
		return undefined;
	}
}

type Setting = readonly [path: string, value: string];

/** A list of words is one value, as a flag has it. */
function settingsIn(value: unknown, path: string, depth: number): readonly Setting[] {
	if (depth > maximumDepth) {
		return [];
	}

	if (Array.isArray(value)) {
		return settingsIn(value.some((item) => typeof item === 'object') ? '' : value.join(','), path, depth);
	}

	if (typeof value === 'object' && value !== null) {
		const below = Object.entries(value).flatMap(([name, item]) =>
			settingsIn(item, path === '' ? name.toLowerCase() : `${path}.${name.toLowerCase()}`, depth + 1),
		);
		return below.length > 0 || path === '' ? below : settingsIn('', path, depth);
	}

	return path === '' || !/^[\w.-]+$/u.test(path) ? [] : [[path, textOf(value)]];
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
		? String(value)
		: '';
}

function kept(path: string, value: string): readonly Setting[] {
	const how = keptOf(path);
	return how ? [[path, how === 'value' ? wordsIn(value) : '']] : [];
}

/** Values that are words, addresses or ports, by themselves or as a list. */
function wordsIn(value: string): string {
	return value.split(',').every((word) => asIs(word.replaceAll(/[:/[\]]/gu, '').trim()) !== '' || word === '')
		? value
		: '';
}
