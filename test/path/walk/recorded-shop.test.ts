import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {Snapshot} from '../../../source/model/snapshot.ts';
import {parseTarget} from '../../../source/path/target-text.ts';
import {walk} from '../../../source/path/walk/walk.ts';
import {createStore} from '../../../source/store/store.ts';
import {tell, type Line} from '../../helpers/recorded-shop.ts';

const content = readFileSync(new URL('../../fixtures/recordings/shop.jsonl', import.meta.url), 'utf8');
const lines = content
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line) as Line);

function outcome(snapshot: Snapshot, text: string): string {
	const parsed = parseTarget(text);
	if ('problem' in parsed) {
		throw new Error(parsed.problem);
	}

	const {verdict, paths} = walk(snapshot, {
		target: parsed.value,
		...(parsed.value.kind === 'url' ? {} : {namespace: 'shop'}),
	});
	const [{rootCause = '', symptom = ''} = {}] = paths;
	const alarms = paths.flatMap(({hops}) => hops.flatMap(({findings}) => findings));
	const loud = alarms.filter(({severity}) => severity !== 'info').length;
	return [verdict, rootCause, symptom, verdict === 'ok' && loud > 0 ? `${loud} alarms` : '']
		.filter(Boolean)
		.join(' ');
}

/** What is said at each place where the recorder stopped. */
function story(): readonly string[] {
	const {writer, reader} = createStore({unlisted: {state: 'synced'}});
	// Ages of what was recorded are told from its own time.
	const started = Math.max(...content.match(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/gu)!.map(Date.parse));
	return lines.flatMap((line) => {
		tell(line, writer);
		if (!('mark' in line)) {
			return [];
		}

		const snapshot = reader.snapshot(started);
		const [service, url] = ['svc/api:80', 'http://shop.example.com/api'].map((text) =>
			outcome(snapshot, text),
		);
		return [`${line.mark}: ${service} | ${url}`];
	});
}

test('what a real cluster sent while a shop broke and was mended gives the root cause each time', () => {
	expect(story()).toEqual([
		'a shop that works: ok | ok',
		'a selector with a slip of the pen: broken KNET501 connection-refused | broken KNET501 http-503',
		'mended: ok | ok',
		'a readiness probe that fails: broken KNET702 connection-refused | broken KNET702 http-503',
		'mended: ok | ok',
		'a named target port that no container has: broken KNET505 connection-refused | broken KNET505 http-503',
		'mended: ok | ok',
		// The slices still have the port's old name, so nothing is behind the new one; the rule for / takes its requests.
		'a Service port that an Ingress names and the Service lacks: broken KNET503 connection-refused | degraded',
		'mended: ok | ok',
		'a workload scaled to zero: broken KNET502 connection-refused | broken KNET502 http-503',
		'mended: ok | ok',
		'a Service that is gone: unknown | degraded',
		'mended: ok | ok',
		'a class that nobody serves: ok | broken KNET304',
		'mended: ok | ok',
		'a class that does not exist: ok | broken KNET301 http-404',
		'mended: ok | ok',
	]);
});
