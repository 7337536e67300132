import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {runIngressPathsCase, type IngressVector} from './ingress-paths.ts';

const file = new URL('cases/ingress-paths.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly IngressVector[];

describe('ingress paths, as upstream expects them', () => {
	test.each(cases.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
		const outcome = runIngressPathsCase(vector);
		if ('skip' in outcome) {
			throw new Error(outcome.skip);
		}

		expect(outcome.got).toEqual(outcome.expected);
		expect(outcome.pass).toBe(true);
	});
});
