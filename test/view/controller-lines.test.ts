import {expect, test} from 'vitest';
import {controllerLines} from '../../source/view/detail/controller-lines.ts';
import {unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {plainText} from '../../source/view/text/line.ts';
import {noon} from '../helpers/snapshot.ts';

test('a controller lists its pods, those that are not ready first', () => {
	const pods = [
		{name: 'traefik-1', namespace: 'ingress', node: 'node-a', ready: true, restarts: 0},
		{name: 'traefik-2', namespace: 'ingress', node: 'node-b', ready: false, restarts: 3},
	];
	const lines = controllerLines({ready: 1, total: 2, pods}, {width: 60, now: noon, glyphs: unicodeGlyphs});
	expect(lines.map(plainText).join('\n')).toMatchInlineSnapshot(`
		"pods ready     1 of 2

		POD        STATE        RESTARTS  NODE
		traefik-2  ✗ not ready         3  node-b
		traefik-1  ✓ ready             0  node-a"
	`);
});
