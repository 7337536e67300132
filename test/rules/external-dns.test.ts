import {expect, test} from 'vitest';
import {recordNames, recordTarget} from '../../source/rules/external-dns.ts';

const alpha = 'external-dns.alpha.kubernetes.io/';

test.each([
	['203.0.113.7', [{ip: '203.0.113.7'}]],
	['203.0.113.7, 2001:db8::7', [{ip: '203.0.113.7'}, {ip: '2001:db8::7'}]],
	['CDN.example.net.', [{hostname: 'cdn.example.net'}]],
	['', undefined],
	[',', undefined],
])('target %j means the records %j', (target, addresses) => {
	expect(recordTarget({[`${alpha}target`]: target})?.addresses).toEqual(addresses);
});

test('the annotation without alpha goes first', () => {
	const annotations = {
		[`${alpha}target`]: '203.0.113.7',
		'external-dns.kubernetes.io/target': '203.0.113.8',
	};
	expect(recordTarget(annotations)).toMatchObject({
		annotation: 'external-dns.kubernetes.io/target',
		addresses: [{ip: '203.0.113.8'}],
	});
});

test('names stand in a list', () => {
	expect(recordNames({[`${alpha}hostname`]: 'a.example.com, b.example.com'})).toEqual([
		'a.example.com',
		'b.example.com',
	]);
});
