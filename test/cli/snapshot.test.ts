import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {startDemo} from '../../source/demo/start-demo.ts';
import {directoryOf} from '../helpers/files.ts';
import {refusal, run} from './run.ts';

/** Times go on between two looks. */
function withoutAges(text: string): string {
	return text.replaceAll(/\b\d+[smhd]\w*/gu, 'AGE');
}

test('a snapshot says what the cluster says', async () => {
	const demo = await startDemo({live: false, scenario: 'not-ready'});
	try {
		const file = `${await directoryOf({})}/demo.json`;
		const written = await run(['snapshot', file, '--server', demo.url]);
		expect([written.code, written.stdout]).toEqual([0, '']);
		expect(written.stderr).toContain(`knet scan -f ${file} reads it.`);
		const [live, read] = await Promise.all([
			run(['scan', '-A', '--server', demo.url]),
			run(['scan', '-f', file]),
		]);
		expect(withoutAges(read.stdout)).toBe(withoutAges(live.stdout));
		expect(read.code).toBe(live.code);
		const list = JSON.parse(await readFile(file, 'utf8')) as {
			readonly kind: string;
			readonly items: readonly {readonly kind: string}[];
			readonly metadata: {readonly annotations: Readonly<Record<string, string>>};
		};
		expect(list.kind).toBe('List');
		expect(list.metadata.annotations['knet/snapshot']).toMatch(/^every kind that knet reads, whole, as of /u);
		expect(list.items.some(({kind}) => kind === 'Secret')).toBe(false);
		expect(await run(['snapshot', file, '--server', demo.url])).toEqual(
			refusal(`${file} exists already.`, 'Give another name, or remove it.'),
		);
	} finally {
		await demo.stop();
	}
});
