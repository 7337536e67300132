import {readFileSync} from 'node:fs';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import {expect, onTestFinished, test} from 'vitest';
import {parse} from 'yaml';
import {bundleForExecutable} from '../source/build/bundle.ts';
import {krewManifest} from '../source/build/krew-manifest.ts';
import {leanIcu} from '../source/build/lean-icu.ts';
import {leanPackages} from '../source/build/lean-packages.ts';
import {manPage} from '../source/build/man-page.ts';
import {referencePage} from '../source/build/reference-page.ts';
import {sbomOf} from '../source/build/sbom.ts';
import {commandEntry, commandNames} from '../source/commands/command-table.ts';
import {dashed} from '../source/commands/flags/flags.ts';
import {keymap} from '../source/ui/keys/keymap.ts';

test('source/reference.md is what npm run docs makes of the tables', () => {
	const schema = JSON.parse(
		readFileSync(new URL('../source/view/report/schema.json', import.meta.url), 'utf8'),
	) as Parameters<typeof referencePage>[0];
	const page = readFileSync(new URL('../source/reference.md', import.meta.url), 'utf8');
	expect(page).toBe(referencePage(schema));
	for (const {help} of keymap) {
		expect(page).toContain(`| ${help} |`);
	}
});

test('the manual has every command and every flag', () => {
	const page = manPage();
	for (const name of commandNames) {
		const {usage, flags} = commandEntry(name);
		expect(page).toContain(`.SS "knet ${usage.replaceAll('-', String.raw`\-`)}"`);
		flags.forEach((flag) => expect(page).toContain(dashed(flag).replaceAll('-', String.raw`\-`)));
	}

	// A line that begins with a dot is a request of man(7), and there are few.
	const requests = [...page.matchAll(/^\.(\w+)/gmu)].map(([, request]) => request);
	expect(new Set(requests)).toEqual(new Set(['TH', 'SH', 'B', 'br', 'PP', 'TP', 'SS']));
});

test("krew's manifest names the platform of each archive", () => {
	const manifest = parse(
		krewManifest('1.2.3', [
			{name: 'knet-1.2.3-linux-x64.tar.gz', sum: 'a1'},
			{name: 'knet-1.2.3-win-arm64.tar.gz', sum: 'b2'},
		]),
	) as {readonly spec: {readonly version: string; readonly platforms: readonly unknown[]}};
	expect(manifest.spec.version).toBe('v1.2.3');
	expect(manifest.spec.platforms).toEqual([
		{
			uri: 'PLACE/knet-1.2.3-linux-x64.tar.gz',
			sha256: 'a1',
			bin: 'kubectl-knet',
			selector: {matchLabels: {os: 'linux', arch: 'amd64'}},
		},
		{
			uri: 'PLACE/knet-1.2.3-win-arm64.tar.gz',
			sha256: 'b2',
			bin: 'kubectl-knet.exe',
			selector: {matchLabels: {os: 'windows', arch: 'arm64'}},
		},
	]);
});

test('the bill of materials names Node and every package', () => {
	const bill = JSON.parse(
		sbomOf([{name: '@a/b', version: '1.0.0', license: 'MIT'}], {version: '1.2.3', nodeVersion: '26.0.0'}),
	) as {readonly components: readonly Readonly<Record<string, unknown>>[]};
	expect(bill.components.map(({name, purl}) => [name, purl])).toEqual([
		['node', undefined],
		['@a/b', 'pkg:npm/%40a/b@1.0.0'],
	]);
});

/** ICU's common data as a Node holds it, somewhere between its code. */
function nodeWithIcu(items: readonly (readonly [string, string])[]): Buffer {
	const header = Buffer.alloc(32);
	header.writeUInt16LE(32, 0);
	header.write("\u{DA}'", 2, 'latin1');
	header.write('CmnD', 12, 'latin1');
	const table = Buffer.alloc(4 + items.length * 8);
	table.writeUInt32LE(items.length, 0);
	const rest: Buffer[] = [];
	let end = table.length;
	for (const [part, field] of [
		[0, 4],
		[1, 8],
	] as const) {
		for (const [index, item] of items.entries()) {
			const text = Buffer.from(part === 0 ? `${item[part]}\0` : item[part]);
			table.writeUInt32LE(end, field + index * 8);
			end += text.length;
			rest.push(text);
		}
	}

	return Buffer.concat([
		Buffer.from('code that says CmnD'),
		header,
		table,
		...rest,
		Buffer.from('more code'),
	]);
}

test('the executable keeps of the ICU data what finds the end of a character, in English', () => {
	const node = nodeWithIcu([
		['icudt/brkitr/char.brk', 'characters'],
		['icudt/brkitr/thaidict.dict', 'words'],
		['icudt/de.res', 'Deutsch'],
		['icudt/en_US.res', 'English'],
		['icudt/ibm-33722.cnv', 'converter'],
		['icudt/root.res', 'root'],
		['icudt/zone/pt_BR.res', 'Zonas'],
	]);
	const {length} = node;
	expect(leanIcu(node)).toBe('wordsDeutschconverter'.length);
	expect(node.length).toBe(length);
	const base = node.lastIndexOf('CmnD') + 20;
	const kept = Array.from({length: node.readUInt32LE(base)}, (_, index) => {
		const [nameAt = 0, dataAt = 0] = [4, 8].map(
			(field) => base + node.readUInt32LE(base + field + index * 8),
		);
		return [
			node.toString('latin1', nameAt, node.indexOf(0, nameAt)),
			node.toString('latin1', dataAt, dataAt + 4),
		];
	});
	expect(kept).toEqual([
		['icudt/brkitr/char.brk', 'char'],
		['icudt/en_US.res', 'Engl'],
		['icudt/root.res', 'root'],
	]);
	expect(node.toString('latin1')).not.toMatch(/words|Deutsch|converter$/u);
	expect(leanIcu(Buffer.from('a Node without ICU'))).toBe(0);
});

test('the module of the executable loads nothing of Node before it needs it', async () => {
	const directory = await mkdtemp(join(tmpdir(), 'knet-executable-'));
	onTestFinished(() => rm(directory, {recursive: true, force: true}));
	await bundleForExecutable(directory);
	const text = await readFile(join(directory, 'main.js'), 'utf8');
	const imported = [...text.matchAll(/^import\b[^;(]*?["'](?<name>[^"']+)["']/gmu)].map(([, name]) => name);
	expect(imported).toEqual(['node:module']);
	expect(text).toContain('process.getBuiltinModule("node:http2")');
});

test('a package that no longer holds the file to leave something out of fails the build', async () => {
	const bundling = build({
		stdin: {contents: 'export const one = 1;'},
		write: false,
		logLevel: 'silent',
		plugins: [leanPackages],
	});
	await expect(bundling).rejects.toThrow(/Nothing that is bundled is .*meow.*lean-packages\.ts/u);
});
