import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const source = fileURLToPath(new URL('../source', import.meta.url));

/** What each folder may import of the others, and which packages. The table of source/readme.md. */
const layers: Readonly<
	Record<
		string,
		{
			readonly folders: readonly string[];
			readonly packages: readonly RegExp[];
			readonly typesOf?: readonly string[];
		}
	>
> = {
	model: {folders: [], packages: []},
	path: {folders: ['model'], packages: [/^re2js$/]},
	projection: {folders: ['model'], packages: []},
	store: {folders: ['model'], packages: [/^node:util$/]},
	feeds: {
		folders: ['model', 'projection', 'cluster', 'clock.ts', 'errors.ts'],
		typesOf: ['store'],
		packages: [/^node:/, /^yaml$/],
	},
	cluster: {
		folders: ['model', 'projection', 'clock.ts', 'errors.ts'],
		packages: [/^node:/, /^@kubernetes\/client-node/, /^(?:yaml|ws)/],
	},
	evidence: {
		folders: ['model', 'projection', 'cluster'],
		typesOf: ['path', 'store'],
		packages: [/^node:/, /^@kubernetes\/client-node/, /^(?:dns-packet)$/],
	},
	view: {folders: ['model', 'path'], packages: [/^string-width$/]},
	ui: {
		folders: ['model', 'path', 'view'],
		typesOf: ['session.ts'],
		packages: [/^(?:react|ink|ink-[a-z-]+)(?:\/|$)/, /^node:/, /^(?:chalk|string-width)$/],
	},
};

type Import = {readonly file: string; readonly target: string; readonly isType: boolean};

function filesBelow(folder: string): readonly string[] {
	return readdirSync(folder, {withFileTypes: true, recursive: true})
		.filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): readonly Import[] {
	const text = readFileSync(file, 'utf8');
	const statements = [
		...text.matchAll(/^(?:import|export)\s+(?<type>type\s)?(?:[^'";]*?\sfrom\s+)?'(?<target>[^']+)'/gmu),
		...text.matchAll(/\bimport\((?<type>)'(?<target>[^']+)'\)/gu),
	];
	return statements.map(({groups}) => ({
		file,
		target: groups?.['target'] ?? '',
		isType: Boolean(groups?.['type']),
	}));
}

/** `folder` for a relative import within source, the package's name else. */
function placeOf({file, target}: Import): {readonly folder?: string; readonly name?: string} {
	if (!target.startsWith('.')) {
		return {name: target};
	}

	return {folder: relative(source, join(file, '..', target)).split('/')[0]};
}

function breaches(folder: string): readonly string[] {
	const rule = layers[folder];
	return filesBelow(join(source, folder))
		.flatMap(importsOf)
		.filter((each) => {
			const {folder: to, name} = placeOf(each);
			if (name !== undefined) {
				return !rule?.packages.some((pattern) => pattern.test(name));
			}

			return (
				to !== folder &&
				!rule?.folders.includes(to ?? '') &&
				!(each.isType && rule?.typesOf?.includes(to ?? ''))
			);
		})
		.map(({file, target}) => `${relative(source, file)} imports ${target}`);
}

test.each(Object.keys(layers))('%s imports only what its layer may', (folder) => {
	expect(breaches(folder)).toEqual([]);
});

test('path and model touch no clock, no timer and no process', () => {
	const impure =
		/\b(?:Date\.now|new Date\(\)|performance\.|setTimeout|setInterval|setImmediate|process\.|Math\.random|fetch\()/u;
	const found = [
		...filesBelow(join(source, 'path')),
		...filesBelow(join(source, 'model')),
		...filesBelow(join(source, 'view')),
	]
		.filter((file) => impure.test(readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '')))
		.map((file) => relative(source, file));
	expect(found).toEqual([]);
});

test('only cli.tsx sets the exit code', () => {
	const found = filesBelow(source)
		.filter((file) => /process\.exitCode\s*=|process\.exit\(/u.test(readFileSync(file, 'utf8')))
		.map((file) => relative(source, file));
	expect(found).toEqual([]);
});

// V8's engine backtracks: on a pattern or a text from a cluster it may never end. These two take their patterns from knet itself
// and from the keyboard; `path` has `testRegex`.
const mayMakeRegExps = ['projection/safe.ts', 'ui/filter.ts'];

test('no regular expression is made of a text from a cluster', () => {
	const made = /\bRegExp\(|\.(?:match|matchAll|search)\((?!\/|[a-z]\w*\)\))/u;
	const found = filesBelow(source)
		.map((file) => relative(source, file))
		.filter((name) => !mayMakeRegExps.includes(name))
		.filter((name) => made.test(readFileSync(join(source, name), 'utf8')));
	expect(found).toEqual([]);
});
