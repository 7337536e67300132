import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {controllerRecords} from '../source/rules/controllers/records.ts';

const source = fileURLToPath(new URL('../source', import.meta.url));

type Layer = {
	/** Rooms that may be imported: a folder stands for all rooms in it. */
	readonly rooms: readonly string[];
	/** Rooms of which types alone may be imported. */
	readonly typesOf?: readonly string[];
	readonly packages?: readonly RegExp[];
	/** Packages of which types alone may be imported: nothing of them runs. */
	readonly typePackages?: readonly RegExp[];
};

/**
What each room may import of the others, and which packages. The table of source/readme.md. `path/` and `rules/` have a
room for each hop and each component; their loose files are the room `path` and `rules`.
*/
const layers: Readonly<Record<string, Layer>> = {
	model: {rooms: []},
	rules: {rooms: ['model']},
	'rules/cluster-dns': {rooms: ['model', 'rules', 'rules/regex']},
	'rules/components': {rooms: ['model', 'rules', 'rules/kube-proxy']},
	'rules/controllers': {
		rooms: [
			'model',
			'rules',
			'rules/endpoint-slices',
			'rules/ingress',
			'rules/istio',
			'rules/mesh',
			'rules/openshift',
			'rules/regex',
		],
	},
	'rules/endpoint-slices': {rooms: ['model', 'rules']},
	'rules/gateway-api': {
		rooms: ['model', 'rules', 'rules/cluster-dns', 'rules/controllers', 'rules/ingress', 'rules/regex'],
	},
	'rules/ingress': {rooms: ['model', 'rules', 'rules/regex']},
	'rules/istio': {rooms: ['model', 'rules', 'rules/regex']},
	'rules/kube-proxy': {rooms: ['model', 'rules'], packages: [/^@noble\/hashes\//]},
	'rules/mesh': {rooms: ['model', 'rules', 'rules/istio']},
	'rules/routers': {
		rooms: [
			'model',
			'rules',
			'rules/controllers',
			'rules/ingress',
			'rules/istio',
			'rules/openshift',
			'rules/regex',
		],
	},
	'rules/network-policy': {
		rooms: ['model', 'rules', 'rules/mesh'],
		typesOf: ['rules/controllers', 'rules/endpoint-slices'],
	},
	'rules/openshift': {rooms: ['model', 'rules']},
	'rules/load-balancers': {rooms: ['model', 'rules']},
	'rules/regex': {rooms: ['model', 'rules'], packages: [/^re2js$/]},
	path: {rooms: ['model', 'rules', 'rules/*']},
	'path/service': {rooms: ['model', 'path', 'rules', 'rules/*']},
	'path/mesh': {rooms: ['model', 'path', 'rules', 'rules/*']},
	'path/pod': {rooms: ['model', 'path', 'rules', 'rules/*']},
	'path/pod-network': {rooms: ['model', 'path', 'rules', 'rules/*']},
	'path/network-policy': {rooms: ['model', 'path', 'rules', 'rules/*']},
	'path/endpoints': {rooms: ['model', 'path', 'rules', 'rules/*', 'path/pod']},
	'path/dns': {
		rooms: ['model', 'path', 'rules', 'rules/*', 'path/endpoints', 'path/network-policy'],
	},
	'path/controller': {rooms: ['model', 'path', 'rules', 'rules/*', 'path/endpoints']},
	'path/route': {rooms: ['model', 'path', 'rules', 'rules/*', 'path/controller']},
	'path/load-balancer': {
		rooms: ['model', 'path', 'rules', 'rules/*', 'path/endpoints', 'path/service'],
	},
	'path/kube-proxy': {
		rooms: ['model', 'path', 'rules', 'rules/*', 'path/endpoints', 'path/load-balancer'],
	},
	'path/walk': {rooms: ['model', 'path', 'rules', 'rules/*', 'path/*']},
	projection: {rooms: ['model'], packages: [/^js-yaml$/], typePackages: [/^@kubernetes\/client-node$/]},
	store: {rooms: ['model'], packages: [/^node:util$/]},
	cluster: {
		rooms: ['model', 'projection', 'clock.ts', 'errors.ts'],
		packages: [/^node:/, /^(?:yaml|ws)/],
	},
	feeds: {
		rooms: ['model', 'rules', 'rules/endpoint-slices', 'projection', 'cluster', 'clock.ts', 'errors.ts'],
		typesOf: ['store'],
		packages: [/^node:/, /^(?:js-yaml|tar-stream)$/],
	},
	config: {rooms: ['model', 'errors.ts'], packages: [/^node:/, /^yaml$/]},
	evidence: {
		rooms: ['model', 'projection', 'cluster'],
		typesOf: ['path', 'store'],
		packages: [/^node:/, /^dns-packet$/],
	},
	'what-if': {rooms: ['model', 'rules', 'rules/endpoint-slices']},
	history: {rooms: ['model', 'store'], typesOf: ['feeds'], packages: [/^node:util$/]},
	session: {
		rooms: ['model', 'rules', 'path', 'path/walk', 'evidence', 'history', 'what-if', 'clock.ts', 'errors.ts'],
		typesOf: ['cluster', 'feeds', 'store'],
		packages: [/^node:/],
	},
	view: {
		rooms: ['model', 'rules', 'path', 'session'],
		typesOf: ['rules/*', 'path/*', 'history'],
		packages: [/^(?:string-width|jsonpath-rfc9535)$/],
	},
	ui: {
		rooms: ['model', 'path', 'view'],
		typesOf: ['session'],
		packages: [/^(?:react|ink|ink-[a-z-]+)(?:\/|$)/, /^node:/, /^(?:chalk|string-width)$/],
	},
	demo: {
		rooms: [
			'clock.ts',
			'model',
			'rules',
			'rules/*',
			'path',
			'path/walk',
			'projection',
			'store',
			'cluster',
			'feeds',
			'evidence',
			'errors.ts',
		],
		packages: [/^node:/, /^(?:yaml|ws|dns-packet)$/],
	},
	commands: {
		rooms: [
			'model',
			'rules',
			'path',
			'path/*',
			'projection',
			'store',
			'cluster',
			'feeds',
			'evidence',
			'history',
			'config',
			'what-if',
			'session',
			'view',
			'ui',
			'demo',
			'clock.ts',
			'errors.ts',
			'version.ts',
		],
		packages: [
			/^node:/,
			/^(?:yaml|meow|chalk|react|ink|string-width|ink-select-input|@modelcontextprotocol\/server|zod)(?:\/|$)/,
		],
	},
	build: {
		rooms: ['commands', 'path', 'path/controller', 'ui', 'view', 'version.ts'],
		typesOf: ['feeds'],
		packages: [/^node:/, /^(?:esbuild|typescript\/unstable\/sync)$/],
	},
	'errors.ts': {rooms: []},
	'clock.ts': {rooms: []},
	'version.ts': {rooms: ['..']},
	'worker.ts': {rooms: ['commands', 'session', 'errors.ts'], packages: [/^node:/]},
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

/** `path/dns` for a file of `path/dns/`, `path` for a loose file of `path/`, `store` for any file below `store/`. */
function roomOf(file: string): string {
	const [top = '', ...rest] = relative(source, file).split('/');
	return (top === 'path' || top === 'rules') && rest.length > 1 ? `${top}/${rest[0]}` : top;
}

function includes(rooms: readonly string[] | undefined, room: string): boolean {
	return (
		rooms?.some((each) => each === room || (each.endsWith('/*') && room.startsWith(each.slice(0, -1)))) ??
		false
	);
}

/** The sum of all catalogues: it stands above the rooms of the hops, and none of them may import it. */
const catalogue = join(source, 'path/catalogue.ts');

function isAllowed(room: string, {file, target, isType}: Import): boolean {
	const layer = layers[room];
	if (!target.startsWith('.')) {
		const allowed = [...(layer?.packages ?? []), ...(isType ? (layer?.typePackages ?? []) : [])];
		return allowed.some((pattern) => pattern.test(target));
	}

	const to = join(file, '..', target);
	if (to === catalogue) {
		return ['build', 'commands', 'path/walk'].includes(room);
	}

	return (
		file === catalogue ||
		roomOf(to) === room ||
		includes(layer?.rooms, roomOf(to)) ||
		(isType && includes(layer?.typesOf, roomOf(to)))
	);
}

const files = filesBelow(source);

test('every room of source has its line in the table', () => {
	expect([...new Set(files.map(roomOf))].filter((room) => !layers[room])).toEqual([]);
});

test.each(Object.keys(layers))('%s imports only what its layer may', (room) => {
	const breaches = files
		.filter((file) => roomOf(file) === room)
		.flatMap(importsOf)
		.filter((each) => !isAllowed(room, each))
		.map(({file, target}) => `${relative(source, file)} imports ${target}`);
	expect(breaches).toEqual([]);
});

test('no import of the table runs back up', () => {
	const circles = Object.keys(layers).filter((room) =>
		below(room).some((each) => reaches(each, room, new Set())),
	);
	expect(circles).toEqual([]);
});

function below(room: string): readonly string[] {
	return Object.keys(layers).filter((each) => each !== room && includes(layers[room]?.rooms, each));
}

function reaches(from: string, to: string, seen: Set<string>): boolean {
	if (from === to) {
		return true;
	}

	if (seen.has(from)) {
		return false;
	}

	seen.add(from);
	return below(from).some((each) => reaches(each, to, seen));
}

/** A circle of files that import each other, types counted; undefined where there is none. */
function circleFrom(
	file: string,
	onWay: readonly string[],
	done: Set<string>,
): readonly string[] | undefined {
	if (onWay.includes(file)) {
		return [...onWay.slice(onWay.indexOf(file)), file];
	}

	if (done.has(file)) {
		return undefined;
	}

	for (const next of importedBy.get(file) ?? []) {
		const circle = circleFrom(next, [...onWay, file], done);
		if (circle) {
			return circle;
		}
	}

	done.add(file);
	return undefined;
}

const importedBy: ReadonlyMap<string, readonly string[]> = new Map(
	files.map((file) => [
		file,
		importsOf(file)
			.filter(({target}) => target.startsWith('.'))
			.map(({target}) => join(file, '..', target)),
	]),
);

test('no files import each other in a circle', () => {
	const done = new Set<string>();
	const circles = files.flatMap(
		(file) => circleFrom(file, [], done)?.map((each) => relative(source, each)) ?? [],
	);
	expect(circles).toEqual([]);
});

function codeOf(file: string): string {
	return readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '');
}

test('rules, path, model and view touch no clock, no timer and no process', () => {
	const impure =
		/\b(?:Date\.now|new Date\(\)|performance\.|setTimeout|setInterval|setImmediate|process\.|Math\.random|fetch\()/u;
	const found = files
		.filter((file) => /^(?:rules|path|model|view)(?:\/|$)/u.test(roomOf(file)))
		.filter((file) => impure.test(codeOf(file)))
		.map((file) => relative(source, file));
	expect(found).toEqual([]);
});

test('only cli.tsx sets the exit code', () => {
	const found = files
		.filter((file) => /process\.exitCode\s*=|process\.exit\(/u.test(readFileSync(file, 'utf8')))
		.map((file) => relative(source, file));
	expect(found).toEqual([]);
});

// V8's engine backtracks: on a pattern or a text from a cluster it may never end. This one takes its pattern from the keyboard;
// rules have `testRegex`.
const mayMakeRegExps = ['ui/typing/filter.ts'];

test('no regular expression is made of a text from a cluster', () => {
	const made = /\bRegExp\(|\.(?:match|matchAll|search)\((?!\/|[a-z]\w*\)\))/u;
	const found = files
		.map((file) => relative(source, file))
		.filter((name) => !mayMakeRegExps.includes(name))
		.filter((name) => made.test(readFileSync(join(source, name), 'utf8')));
	expect(found).toEqual([]);
});

// The service proxy, the addresses and the policies of Cilium, and the mesh of Istio, have the names of controllers; the demo is a cluster with Traefik.
const mayName = [
	'rules/routers',
	'rules/controllers',
	'demo',
	'feeds',
	'model',
	'evidence',
	'path/kube-proxy',
	'rules/kube-proxy',
	'path/pod',
	'rules/load-balancers',
	'rules/mesh',
	'rules/network-policy',
];

const namesOfControllers = controllerRecords
	.flatMap(({implementation, ingress}) => [implementation, ingress?.profile ?? 'spec'])
	.filter((name) => name !== 'spec');

test('only the records of controllers know controllers by name', () => {
	const found = files
		.filter((file) => !mayName.includes(roomOf(file)))
		.flatMap((file) => {
			const code = codeOf(file);
			const named = namesOfControllers.filter(
				(name) => code.includes(`'${name}'`) || code.includes(`'${name.toLowerCase()}'`),
			);
			return named.map((name) => `${relative(source, file)} names ${name}`);
		});
	expect(found).toEqual([]);
});

// Cilium is excepted: it is a service proxy and a network plugin as well.
test('no code compares with the name of a controller: its record says what differs', () => {
	const names = namesOfControllers.filter((name) => !/^cilium$/iu.test(name)).join('|');
	const compared = new RegExp(`(?:[!=]==\\s*|case\\s+)'(?:${names.replaceAll(/[.()]/gu, '.')})'`, 'iu');
	const others = files.filter(
		(file) => !['rules/controllers', 'rules/routers', 'demo'].includes(roomOf(file)),
	);
	expect(others.filter((file) => compared.test(codeOf(file)))).toEqual([]);
});

test('no code reads a finding by its code: who makes it says what follows from it', () => {
	const code = /(?<quote>['"`])KNET\d+\k<quote>/u;
	const readers = files
		.filter((file) => !file.endsWith('catalogue.ts'))
		.flatMap((file) =>
			readFileSync(file, 'utf8')
				.split('\n')
				.filter((line) => code.test(line) && !/^\s*\/?\*/u.test(line))
				.map((line) => `${relative(source, file)}: ${line.trim()}`),
		);
	expect(readers).toEqual([]);
});
