import {expect, test} from 'vitest';
import {differenceLines} from '../../source/view/difference-lines.ts';
import {unicodeGlyphs as glyphs} from '../../source/view/text/glyphs.ts';
import {plainText} from '../../source/view/text/line.ts';

const past = {
	at: 0,
	back: 1,
	of: 3,
	entries: [
		{id: 'a', title: 'app.example.com/api', namespace: 'shop', was: 'ok', is: 'broken'},
		{id: 'b', title: 'svc/kube-dns:53', namespace: 'kube-system', was: 'broken', is: 'ok'},
		{id: 'c', title: 'svc/new:80', namespace: 'shop', is: 'ok'},
	],
	elsewhere: 0,
	objects: [],
} as const;

test('what differs stands in columns', () => {
	const lines = differenceLines(past, {width: 70, now: 0, glyphs}).map(plainText);
	expect(lines.slice(2)).toEqual([
		'  shop         app.example.com/api  ok →     broken',
		'  kube-system  svc/kube-dns:53      broken → ok',
		'  shop         svc/new:80           absent → ok',
	]);
});

test('the title gives way where columns have no room: what differs stands at the end', () => {
	const lines = differenceLines(past, {width: 45, now: 0, glyphs}).map(plainText);
	expect(lines.slice(2)).toEqual([
		'  shop         app.ex…om/api  ok →     broken',
		'  kube-system  svc/ku…dns:53  broken → ok',
		'  shop         svc/new:80     absent → ok',
	]);
});
