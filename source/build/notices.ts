import {readdir, readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Metafile} from 'esbuild';

type Package = {
	readonly name: string;
	readonly version: string;
	readonly license: string;
	readonly folder: string;
	/** Its folder, and those of the code that is in the bundle: there it keeps the licences of packages that it holds itself. */
	readonly folders: readonly string[];
};

const packageFolder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/u;

/** The packages whose code is in a bundle, by name. */
export async function bundledPackages(root: string, {outputs}: Metafile): Promise<readonly Package[]> {
	const files = Object.values(outputs).flatMap(({inputs}) =>
		Object.entries(inputs)
			.filter(([, {bytesInOutput}]) => bytesInOutput > 0)
			.map(([file]) => file),
	);
	const byFolder = Map.groupBy(files, (file) => packageFolder.exec(file)?.[0] ?? '');
	byFolder.delete('');
	const packages = await Promise.all(
		[...byFolder].map(async ([folder, code]) => {
			const text = await readFile(join(root, folder, 'package.json'), 'utf8');
			const {name, version, license} = JSON.parse(text) as Omit<Package, 'folder' | 'folders'>;
			const folders = [...new Set([folder, ...code.map((file) => dirname(file))])];
			return {name, version, license, folder, folders};
		}),
	);
	return packages.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** What the licences ask for: the notice of each package whose code is in the bundle. */
export async function noticesOf(root: string, metafile: Metafile): Promise<string> {
	const packages = await bundledPackages(root, metafile);
	const sections = await Promise.all(packages.map((each) => sectionOf(root, each)));
	return [
		'knet holds code of the packages below, under their licences.',
		`${packages.length} packages; made from the bundle.`,
		'',
		...sections,
	].join('\n');
}

/** An executable holds a Node too: its licence names all that Node holds. */
export function withNode(notices: string, {version, licence}: {version: string; licence: string}): string {
	return [notices, ...headOf(`node ${version} (MIT, and those it names)`), licence.trim(), ''].join('\n');
}

function headOf(title: string): readonly string[] {
	return ['='.repeat(80), title, '='.repeat(80), ''];
}

async function sectionOf(root: string, {name, version, license, folder, folders}: Package): Promise<string> {
	const found = await Promise.all(folders.map((each) => licenceFiles(join(root, each))));
	const files = found.flat();
	if (files.length === 0 && !standard.has(license)) {
		throw new Error(`${name} has no licence file: its notice cannot be shipped`);
	}

	const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
	return [
		...headOf(`${name} ${version} (${license})`),
		...(texts.length > 0 ? texts.map((text) => text.trim()) : [await authorNotice(root, folder, license)]),
		'',
	].join('\n');
}

async function licenceFiles(folder: string): Promise<readonly string[]> {
	const names = await readdir(folder);
	return names
		.filter((name) => /^(?:licen[cs]e|notice|copying|third-party)(?!.*\.[cm]?[jt]s$)/iu.test(name))
		.toSorted()
		.map((name) => join(folder, name));
}

/** Licences whose text is the same for all but the name: packages leave the file out now and then. */
const standard = new Set(['MIT', 'ISC', 'Apache-2.0']);

async function authorNotice(root: string, folder: string, license: string): Promise<string> {
	const {author, contributors, repository} = JSON.parse(
		await readFile(join(root, folder, 'package.json'), 'utf8'),
	) as Record<string, unknown>;
	const who = JSON.stringify(author ?? contributors ?? repository ?? '');
	return `The package has no licence file. It is published under ${license} by ${who}.`;
}
