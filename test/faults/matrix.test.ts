import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {faults} from './matrix.ts';

const root = new URL('../', import.meta.url);

test('each of the 42 faults has a test that injects it', () => {
	expect(Object.keys(faults).map(Number)).toEqual(Array.from({length: 42}, (_, index) => index + 1));
	const missing = Object.values(faults)
		.flatMap(({proofs}) => proofs)
		.filter(([file, title]) => !readFileSync(new URL(file, root), 'utf8').includes(`'${title}'`));
	expect(missing).toEqual([]);
});
