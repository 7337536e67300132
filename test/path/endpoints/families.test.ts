import {describe, expect, test} from 'vitest';
import {endpoint, endpointsOf, pod, said, service, slice} from './objects.ts';

const two = [
	pod('web-1'),
	pod('web-2', {ip: '10.244.2.9'}),
	slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]),
];

describe('families', () => {
	const dual = service().replace('ipFamilies: [IPv4]', 'ipFamilies: [IPv4, IPv6]');
	const empty = slice([], {name: 'web-6', ports: '[]', type: 'IPv6'});

	test('KNET515: the family asked for has no endpoint', () => {
		const {hop, stop} = endpointsOf([dual, ...two, empty], {family: 'IPv6'});
		expect(said(hop.findings)).toEqual([
			'KNET515 error: Service web is meant for IPv4 and IPv6, and no endpoint has an IPv6 address.',
		]);
		expect([hop.status, stop]).toEqual(['broken', 'no-endpoints']);
	});

	test('KNET515 is a warning when no family is asked for, and silent for the family that is there', () => {
		const any = endpointsOf([dual, ...two]);
		expect(said(any.hop.findings)).toEqual([
			'KNET515 warning: Service web is meant for IPv4 and IPv6, and there is no EndpointSlice for IPv6.',
		]);
		expect(said(endpointsOf([dual, ...two], {family: 'IPv4'}).hop.findings)).toEqual([]);
	});

	test('KNET515 is not said when both families are there', () => {
		const six = slice([endpoint('web-1', 'ready', 'fd00::7'), endpoint('web-2', 'ready', 'fd00::9')], {
			name: 'web-6',
			type: 'IPv6',
		});
		const pods = two
			.slice(0, 2)
			.map((text, at) =>
				text.replace('}]\n  conditions', `}, {ip: 'fd00::${at === 0 ? 7 : 9}'}]\n  conditions`),
			);
		const {hop, endpoints} = endpointsOf([dual, ...pods, two[2] ?? '', six], {family: 'IPv6'});
		expect(said(hop.findings)).toEqual([]);
		expect(endpoints.map(({address}) => address)).toEqual(['fd00::7', 'fd00::9']);
	});
});
