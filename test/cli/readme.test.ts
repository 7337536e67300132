import {cp, mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {readCommandLine} from '../../source/commands/flags/command-line.ts';
import {commandEntry, isCommand} from '../../source/commands/command-table.ts';
import {startDemo, type Demo} from '../../source/demo/start-demo.ts';
import {run} from './run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = await readFile(join(root, 'README.md'), 'utf8');

/** Lines of code blocks, without what they are for. */
const lines = [...readme.matchAll(/^ {4}(knet\b.*?)(?: {2,}.*)?$/gmu)].map(([, line = '']) => line);

let demo: Demo | undefined;
let directory = '';

beforeAll(async () => {
	demo = await startDemo({live: false});
	directory = await mkdtemp(join(tmpdir(), 'knet-readme-'));
	await cp(join(root, 'test/fixtures/manifests'), join(directory, 'manifests'), {recursive: true});
});

afterAll(async () => {
	await demo?.stop();
	await rm(directory, {recursive: true, force: true});
});

function wordsOf(line: string): readonly string[] {
	return [...line.matchAll(/(?:[^\s']|'[^']*')+/gu)].map(([word]) => word.replaceAll("'", ''));
}

test('the README has the commands that a newcomer needs', () => {
	expect(lines.length).toBeGreaterThan(12);
});

test.each(lines)('%s runs as the README prints it', async (line) => {
	const [, ...args] = wordsOf(line);
	const {
		words: [first],
		given,
	} = readCommandLine(args);
	const command = isCommand(first) ? first : 'explore';
	const takes = commandEntry(command).flags;
	const isOver = args.includes('--over');
	const isLive = takes.includes('server') && (isOver || !given.some(({name}) => name === 'filename'));
	const place = isLive ? ['-s', demo!.url] : [];
	const namespace = given.some(({name}) => ['allNamespaces', 'namespace', 'filename'].includes(name));
	const scope = isLive && !namespace && takes.includes('namespace') ? ['-n', 'shop'] : [];
	const words = args.map((word) => (/^(?:manifests\/|.*\.json)$/u.test(word) ? join(directory, word) : word));
	const {stdout, stderr, code} = await run([...words, ...place, ...scope]);
	expect(stderr).not.toMatch(/^error:/mu);
	expect([0, 1, 2]).toContain(code);
	expect(stdout + stderr).not.toBe('');
});
