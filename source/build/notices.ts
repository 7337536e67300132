import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Metafile} from 'esbuild';

type Package = {
	readonly name: string;
	readonly version: string;
	readonly license: string;
	readonly folder: string;
};

/** The packages whose code is in a bundle, by name. */
export async function bundledPackages(root: string, {outputs}: Metafile): Promise<readonly Package[]> {
	const files = Object.values(outputs).flatMap(({inputs}) =>
		Object.entries(inputs)
			.filter(([, {bytesInOutput}]) => bytesInOutput > 0)
			.map(([file]) => file),
	);
	const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(file)?.[0] ?? []);
	const packages = await Promise.all(
		[...new Set(folders)].map(async (folder) => {
			const text = await readFile(join(root, folder, 'package.json'), 'utf8');
			const {name, version, license} = JSON.parse(text) as Omit<Package, 'folder'>;
			return {name, version, license, folder};
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

async function sectionOf(root: string, {name, version, license, folder}: Package): Promise<string> {
	const names = await readdir(join(root, folder));
	const files = names.filter((file) => /^(?:licen[cs]e|notice|copying|third-party)/iu.test(file)).toSorted();
	if (files.length === 0 && !standard.has(license)) {
		throw new Error(`${name} has no licence file: its notice cannot be shipped`);
	}

	const texts = await Promise.all(files.map((file) => readFile(join(root, folder, file), 'utf8')));
	return [
		'='.repeat(80),
		`${name} ${version} (${license})`,
		'='.repeat(80),
		'',
		...(texts.length > 0 ? texts.map((text) => text.trim()) : [await authorNotice(root, folder, license)]),
		'',
	].join('\n');
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
