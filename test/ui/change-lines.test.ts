import {expect, test} from 'vitest';
import {changeLines} from '../../source/ui/change-lines.ts';
import {unicodeGlyphs as glyphs} from '../../source/view/glyphs.ts';
import {plainText} from '../../source/view/line.ts';
import {shop} from '../helpers/shop.ts';
import {now} from '../helpers/shop-traces.ts';

const change = {
	id: 1,
	at: now,
	object: {kind: 'Service', namespace: 'shop', name: 'web'},
	type: 'changed',
	fields: [{path: 'selector', was: 'app=web', is: 'app=webb'}],
	who: {manager: 'kubectl-client-side-apply', at: now},
} as const;

function lines(width: number): readonly string[] {
	const session = {...shop, namespace: 'shop', entries: []};
	const selected = {target: '', changes: {}, objectChanges: [change]};
	return changeLines({session, selected, glyphs}, width).map((line) => plainText(line).slice(11).trimEnd());
}

test('a change names its field, who made it and the second, however narrow the region', () => {
	expect(lines(90)).toEqual([
		'Service web  selector app=web → app=webb          by kubectl-client-side-apply',
	]);
	expect(lines(48)).toEqual(['Service web       by kubectl-client…', '  selector app=web → app=webb']);
});
