import {describe, expect, test} from 'vitest';
import type {TlsObservation} from '../../../source/model/evidence.ts';
import {noon} from '../../helpers/snapshot.ts';
import {backendsOf, codes, ingress, route} from './route-situation.ts';

const secure = ingress('site', ['/ Prefix web'], {
	more: 'tls: [{hosts: [app.example.com], secretName: cert}]',
});
const secret = (type = 'kubernetes.io/tls') => `
apiVersion: v1
kind: Secret
metadata: {name: cert, namespace: shop, resourceVersion: "3"}
type: ${type}`;
const https = 'https://app.example.com/';

describe('KNET407', () => {
	test('warns that the default certificate is served', () => {
		const resolved = route([secure], {url: https});
		expect([codes(resolved), resolved.hop.status, backendsOf(resolved)]).toEqual([
			['KNET407 warning'],
			'degraded',
			['web:80'],
		]);
		expect(resolved.hop.findings[0]?.command).toBe('kubectl -n shop get secret cert');
	});

	test('is information over http, and silent where the Secret is there', () => {
		expect(codes(route([secure]))).toEqual(['KNET407 info']);
		expect(codes(route([secure, secret()], {url: https}))).toEqual([]);
	});

	test('leaves the hop decided where Secrets cannot be read', () => {
		const forbidden = {state: 'forbidden', resource: 'secrets', group: '', reason: 'no'} as const;
		const resolved = route([secure], {url: https, states: {Secret: forbidden}});
		expect([codes(resolved), resolved.hop.status]).toEqual([['KNET901 info'], 'ok']);
		expect(codes(route([secure], {states: {Secret: forbidden}}))).toEqual([]);
	});
});

function shown(
	result: Partial<Exclude<TlsObservation['result'], {failed: string}>>,
	of = {},
): TlsObservation {
	return {
		type: 'tls',
		at: noon - 1000,
		vantage: {type: 'machine'},
		subject: {address: '192.0.2.1', port: 443, serverName: 'app.example.com'},
		of,
		result: {
			protocol: 'TLSv1.3',
			names: ['app.example.com'],
			issuer: 'CN=CA',
			subject: 'CN=app.example.com',
			notBefore: noon - 86_400_000,
			notAfter: noon + 90 * 86_400_000,
			coversHost: true,
			trusted: true,
			...result,
		},
	};
}

describe('KNET408', () => {
	test('says that a Secret has a type without a certificate', () => {
		expect(codes(route([secure, secret('kubernetes.io/dockerconfigjson')], {url: https}))).toEqual([
			'KNET408 warning',
		]);
		expect(codes(route([secure, secret('Opaque')], {url: https}))).toEqual([]);
	});

	test('says that the controller serves its own certificate all the same', () => {
		const evidence = [
			shown({subject: 'CN=TRAEFIK DEFAULT CERT', names: ['x.traefik.default'], coversHost: false}),
		];
		const resolved = route([secure, secret()], {url: https, evidence});
		expect([codes(resolved), resolved.hop.basis]).toEqual([['KNET408 warning'], 'evidence']);
		expect(codes(route([secure], {url: https, evidence}))).toEqual(['KNET407 warning']);
	});
});

describe('KNET409', () => {
	const documents = [secure, secret()];
	const expiring = (days: number) => ({url: https, evidence: [shown({notAfter: noon + days * 86_400_000})]});

	test('breaks on an expired certificate and warns before', () => {
		const expired = route(documents, expiring(-3));
		expect([codes(expired), expired.stop]).toEqual([['KNET409 error'], 'tls-error']);
		expect(expired.hop.findings[0]?.message).toBe(
			'The certificate for app.example.com expired on 2025-12-29, 3 days ago.',
		);
		expect(codes(route(documents, expiring(20)))).toEqual(['KNET409 warning']);
	});

	test('is silent for 22 days, for http, and for a handshake that is out of date', () => {
		expect(codes(route(documents, expiring(22)))).toEqual([]);
		expect(codes(route(documents, {...expiring(-3), url: 'http://app.example.com/'}))).toEqual([]);
		const old = [shown({notAfter: 0}, {'Secret/shop/cert': '2'})];
		expect(codes(route(documents, {url: https, evidence: old}))).toEqual([]);
		const fresh = [shown({notAfter: 0}, {'Secret/shop/cert': '3'})];
		expect(codes(route(documents, {url: https, evidence: fresh}))).toEqual(['KNET409 error']);
	});
});

describe('KNET410', () => {
	test('says which names the certificate has instead', () => {
		const evidence = [shown({names: ['other.example.com'], coversHost: false})];
		const resolved = route([secure, secret()], {url: https, evidence});
		expect(codes(resolved)).toEqual(['KNET410 warning']);
		expect(resolved.hop.findings[0]?.message).toBe(
			'The certificate served for app.example.com is for other.example.com.',
		);
	});

	test('is not said of a certificate that covers the host', () => {
		expect(codes(route([secure, secret()], {url: https, evidence: [shown({})]}))).toEqual([]);
	});
});
