import {describe, expect, test} from 'vitest';
import {outcomeOf, type Outcome} from '../../../source/rules/gateway-api/outcome.ts';
import {specProfile} from '../../../source/rules/controllers/record/gateway-profile.ts';
import {traefikProfile} from '../../../source/rules/controllers/traefik/gateway.ts';
import {attachmentsTo} from '../../../source/rules/gateway-api/routes.ts';
import {selectRule} from '../../../source/rules/gateway-api/select.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {gatewayIn, healthy, httpRoute, requestTo} from './fixtures.ts';
import type {HttpRequest} from '../../../source/model/request.ts';

function outcome(
	rules: string,
	{
		request = requestTo('http://a.example.com/'),
		port = 80,
		profile = specProfile,
	}: {readonly request?: HttpRequest; readonly port?: number; readonly profile?: typeof specProfile} = {},
): Outcome {
	const snapshot = snapshotOf(
		healthy.replace('port: 80, protocol: HTTP', `port: ${port}, protocol: HTTP`) +
			httpRoute('r', `rules: [${rules}]`),
	);
	const gateway = gatewayIn(snapshot);
	const {winner} = selectRule({
		gateway,
		attachments: attachmentsTo(snapshot, gateway),
		port,
		request,
		profile,
	});
	if (!winner) {
		throw new Error('no rule');
	}

	return outcomeOf(snapshot, winner, {request, profile});
}

function location(redirect: string, options: Parameters<typeof outcome>[1] = {}): string | undefined {
	const found = outcome(
		`{matches: [{path: {type: PathPrefix, value: /old}}], filters: [{type: RequestRedirect, requestRedirect: {${redirect}}}]}`,
		{request: requestTo('http://a.example.com/old/x?q=1'), ...options},
	);
	return found.type === 'redirect' ? `${found.redirect.statusCode} ${found.redirect.location}` : undefined;
}

describe('a redirect', () => {
	test.each([
		['hostname: b.example.com', '302 http://b.example.com/old/x?q=1'],
		['scheme: https', '302 https://a.example.com/old/x?q=1'],
		['scheme: https, port: 8443, statusCode: 301', '301 https://a.example.com:8443/old/x?q=1'],
		['port: 80', '302 http://a.example.com/old/x?q=1'],
		['port: 8083', '302 http://a.example.com:8083/old/x?q=1'],
		['path: {type: ReplaceFullPath, replaceFullPath: /new}', '302 http://a.example.com/new?q=1'],
		['path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}', '302 http://a.example.com/new/x?q=1'],
		['path: {type: ReplacePrefixMatch, replacePrefixMatch: /new/}', '302 http://a.example.com/new/x?q=1'],
		['path: {type: ReplacePrefixMatch, replacePrefixMatch: /}', '302 http://a.example.com/x?q=1'],
		['path: {type: ReplacePrefixMatch, replacePrefixMatch: ""}', '302 http://a.example.com/x?q=1'],
	])('{%s} → %s', (redirect, expected) => {
		expect(location(redirect)).toBe(expected);
	});

	test('keeps the port of the listener without a scheme, and drops it with one', () => {
		expect(location('hostname: b.example.com', {port: 8080})).toBe('302 http://b.example.com:8080/old/x?q=1');
		expect(location('scheme: http', {port: 8080})).toBe('302 http://a.example.com/old/x?q=1');
	});

	test('keeps the client’s port at Traefik, whose listeners have ports of its own', () => {
		expect(location('hostname: b.example.com', {port: 8000, profile: traefikProfile})).toBe(
			'302 http://b.example.com/old/x?q=1',
		);
	});
});

describe('what the backend receives', () => {
	const sent = (filters: string, request = requestTo('http://a.example.com/old')) => {
		const found = outcome(
			`{matches: [{path: {type: PathPrefix, value: /old/}}], filters: [${filters}], backendRefs: [{name: web, port: 80}]}`,
			{request},
		);
		return found.type === 'backends' ? found.sent : undefined;
	};

	test('has the rewritten path, at least /', () => {
		expect(
			sent('{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: ""}}}'),
		).toMatchObject({host: 'a.example.com', urlPath: '/'});
		expect(
			sent(
				'{type: URLRewrite, urlRewrite: {hostname: web.internal, path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}}',
				requestTo('http://a.example.com/old/x'),
			),
		).toMatchObject({host: 'web.internal', urlPath: '/new/x'});
	});

	test('has headers set, added and removed, whatever their case', () => {
		const filter =
			'{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Set, value: new}], add: [{name: x-add, value: b}, {name: X-New, value: c}], remove: [X-GONE]}}';
		const headers = [
			{name: 'x-set', value: 'old'},
			{name: 'X-Add', value: 'a'},
			{name: 'x-gone', value: 'x'},
		];
		expect(sent(filter, requestTo('http://a.example.com/old', {headers}))?.headers).toEqual([
			{name: 'X-Set', value: 'new'},
			{name: 'X-Add', value: 'a,b'},
			{name: 'X-New', value: 'c'},
		]);
	});
});

describe('shares', () => {
	const shares = (refs: string) => {
		const found = outcome(`{backendRefs: [${refs}]}`);
		return found.type === 'backends'
			? {error: found.errorShare, shares: found.backends.map(({share}) => share)}
			: undefined;
	};

	test('follow the weights', () => {
		expect(shares('{name: web, port: 80, weight: 3}, {name: api, port: 8080}')).toEqual({
			error: 0,
			shares: [0.75, 0.25],
		});
	});

	test('of references that cannot be followed are errors', () => {
		expect(shares('{name: web, port: 80}, {name: gone, port: 80}')).toEqual({error: 0.5, shares: [0.5, 0.5]});
	});

	test('are nothing without weight, and all requests fail', () => {
		expect(shares('{name: web, port: 80, weight: 0}')).toEqual({error: 1, shares: [0]});
		expect(shares('')).toEqual({error: 1, shares: []});
	});
});
