import {expect, test} from 'vitest';
import {
	cidrContains,
	ipText,
	isInsideAddress,
	parseCidr,
	parseIp,
} from '../../../source/model/matching/ip.ts';

function canonical(text: string): string | undefined {
	const ip = parseIp(text);
	return ip && ipText(ip);
}

test.each([
	['10.0.0.1', '10.0.0.1'],
	['255.255.255.255', '255.255.255.255'],
	['fd00:0:0:0::A', 'fd00::a'],
	['2001:0db8::1.2.3.4', '2001:db8::102:304'],
	['::', '::'],
	['::1', '::1'],
	['1::', '1::'],
	['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
	['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
	['1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8'],
	['::ffff:10.1.2.3', '10.1.2.3'],
])('reads %s as %s', (text, expected) => {
	expect(canonical(text)).toBe(expected);
});

test.each([
	'',
	'10.0.0',
	'10.0.0.256',
	'010.0.0.1',
	'10.0.0.1.1',
	'1:2:3',
	'::1::',
	'1:2:3:4:5:6:7::8',
	'fe80::1%eth0',
	'example.com',
	'::1.2.3',
	'12345::',
])('takes %j for no address', (text) => {
	expect(parseIp(text)).toBe(undefined);
});

test('drops the host bits of a CIDR', () => {
	expect(parseCidr('192.168.242.213/24')).toEqual(parseCidr('192.168.242.0/24'));
});

test.each([
	['10.0.0.0/24', '10.0.0.255', true],
	['10.0.0.0/24', '10.0.1.0', false],
	['0.0.0.0/0', '1.2.3.4', true],
	['0.0.0.0/0', '::1', false],
	['::/0', '::1', true],
	['2001:db8::/32', '2001:db8:ffff::1', true],
	['1.2.3.4/32', '1.2.3.4', true],
])('%s contains %s: %s', (cidr, ip, expected) => {
	expect(cidrContains(parseCidr(cidr)!, parseIp(ip)!)).toBe(expected);
});

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/08', 'x/8', '/8', ''])(
	'takes %j for no CIDR',
	(text) => {
		expect(parseCidr(text)).toBe(undefined);
	},
);

test('knows which addresses only the inside reaches', () => {
	const inside = [
		'10.1.1.1',
		'172.31.0.1',
		'192.168.0.1',
		'127.0.0.1',
		'169.254.1.1',
		'fd00::1',
		'fe80::1',
		'::1',
	];
	const outside = ['172.32.0.1', '192.0.2.1', '203.0.113.9', '2001:db8::1', '8.8.8.8'];
	expect(inside.filter((text) => !isInsideAddress(parseIp(text)!))).toEqual([]);
	expect(outside.filter((text) => isInsideAddress(parseIp(text)!))).toEqual([]);
});
