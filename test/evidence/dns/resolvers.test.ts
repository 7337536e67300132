import {expect, test} from 'vitest';
import {dnsFromMachine} from '../../../source/evidence/gather/dns-from-machine.ts';
import {thisMachine} from '../../../source/evidence/machine.ts';
import type {DnsServer} from '../../../source/evidence/dns/ask-udp.ts';
import type {ProbeTools} from '../../../source/evidence/probe.ts';
import {serveDns, type Reply} from '../helpers/dns-server.ts';

function toolsFor(servers: readonly DnsServer[], signal = AbortSignal.timeout(3000)): ProbeTools {
	return {
		machine: thisMachine(servers),
		clock: Date.now,
		signal,
		userAgent: 'knet/test',
	} as unknown as ProbeTools;
}

async function lookUp(answer: (over: 'udp' | 'tcp') => Reply | undefined, signal?: AbortSignal) {
	const server = await serveDns(({over}) => answer(over));
	return (await dnsFromMachine({name: 'app.example.com', of: {}}, toolsFor([server], signal))).map(
		({subject, result}) => [subject.recordType, result] as const,
	);
}

test('a chain of aliases is kept whole, for A and AAAA', async () => {
	const server = await serveDns(({name, type}) => ({
		answers: [
			{type: 'CNAME', name, data: 'lb.example.net', ttl: 60},
			...(type === 'A' ? [{type: 'A' as const, name: 'lb.example.net', data: '192.0.2.9', ttl: 60}] : []),
		],
	}));
	const found = await dnsFromMachine({name: 'app.example.com', of: {}}, toolsFor([server]));
	expect(found.map(({result}) => result)).toEqual([
		{
			rcode: 'NOERROR',
			answers: [
				{name: 'app.example.com', type: 'CNAME', data: 'lb.example.net', ttl: 60},
				{name: 'lb.example.net', type: 'A', data: '192.0.2.9', ttl: 60},
			],
		},
		{rcode: 'NOERROR', answers: [expect.objectContaining({type: 'CNAME'})]},
	]);
	expect(server.requested.toSorted()).toEqual(['udp A app.example.com', 'udp AAAA app.example.com']);
});

test('NXDOMAIN, SERVFAIL and silence are kept apart', async () => {
	expect(await lookUp(() => ({rcode: 3}))).toEqual([
		['A', {rcode: 'NXDOMAIN', answers: []}],
		['AAAA', {rcode: 'NXDOMAIN', answers: []}],
	]);
	expect((await lookUp(() => ({rcode: 2})))[0]).toEqual(['A', {rcode: 'SERVFAIL', answers: []}]);
	expect((await lookUp(() => undefined, AbortSignal.timeout(30)))[0]).toEqual([
		'A',
		{failed: 'timeout', message: 'no answer in time'},
	]);
});

test('an answer that does not fit is asked for over TCP', async () => {
	const found = await lookUp((over) =>
		over === 'udp'
			? {truncated: true}
			: {answers: [{type: 'A', name: 'app.example.com', data: '192.0.2.9', ttl: 5}]},
	);
	expect(found[0]?.[1]).toMatchObject({answers: [{data: '192.0.2.9'}]});
});

test('datagrams that answer another question are not taken for the answer', async () => {
	expect((await lookUp(() => ({rcode: 3, forged: true})))[0]).toEqual([
		'A',
		{rcode: 'NXDOMAIN', answers: []},
	]);
});

test('the next server is asked where one refuses', async () => {
	const gone = await serveDns(() => undefined);
	const server = await serveDns(() => ({rcode: 3}));
	const found = await dnsFromMachine(
		{name: 'app.example.com', of: {}},
		// Nothing listens on UDP port 1 of loopback.
		toolsFor([{address: gone.address, port: 1}, server]),
	);
	expect(found[0]?.result).toEqual({rcode: 'NXDOMAIN', answers: []});
});

test('text of answers cannot act on a terminal', async () => {
	const found = await lookUp(() => ({
		answers: [{type: 'TXT', name: 'app.example.com', data: 'a\u001B[31m'}],
	}));
	expect(found[0]?.[1]).toMatchObject({answers: [{type: 'TXT', data: 'a^[[31m'}]});
});
