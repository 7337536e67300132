import {describe, expect, test} from 'vitest';
import {take, type Taken} from '../../../source/rules/istio/listener.ts';
import {serversOf} from '../../../source/rules/istio/servers.ts';
import {servicesFor} from '../../../source/rules/istio/virtual-services.ts';
import {objects, request, virtualService} from './objects.ts';

// Situations of istio/istio of 2026-08-22: pilot/pkg/networking/core/gateway_simulation_test.go, gateway_test.go, route_test.go,
// pilot/pkg/model/gateway_test.go and virtualservice_test.go.

const http = `- {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}`;

function gateway(servers: string, {name = 'gw', more = ''} = {}): string {
	return `---
kind: Gateway
metadata: {name: ${name}, namespace: default${more}}
spec:
  selector: {istio: gw}
  servers:
${servers.replaceAll(/^/gmu, '    ')}
`;
}

const service = `
kind: Service
metadata: {name: gw, namespace: infra}
spec:
  ports: [{port: 80, targetPort: 8080}, {port: 443, targetPort: 8443}, {port: 8443, targetPort: 8443}]
`;

type Setup = {readonly gateways: string; readonly rules: string; readonly port?: number};

function taken(
	url: string,
	{gateways, rules, port = 8080}: Setup,
	options?: Parameters<typeof request>[1],
): Taken {
	const proxy = {namespace: 'infra', labels: {istio: 'gw', zone: 'a'}, services: objects('Service', service)};
	const all = objects('VirtualService', rules);
	return take({
		request: request(url, options),
		proxy,
		port,
		servers: serversOf(objects('IstioGateway', gateways), proxy),
		servicesOf: (name) => servicesFor(all, {gateway: name, namespace: proxy.namespace}),
	});
}

/** `name[route]→destination`, or why not. */
function text(result: Taken): string {
	switch (result.type) {
		case 'http': {
			const {winner, requiresTls, domain, unread} = result.choice;
			if (requiresTls) {
				return 'to https';
			}

			return winner
				? `${winner.route.place.object.name}[${winner.route.place.index}]→${winner.route.route.map(({host}) => host).join()}`
				: unread.length > 0
					? 'not known'
					: `404 ${domain ?? 'no host'}`;
		}

		case 'stream':
			return `${result.object.name}.${result.field}[${result.index}]→${result.route.map(({host}) => host).join()}`;
		case 'no-listener':
		case 'no-name':
		case 'other-protocol':
		case 'not-followed':
			return result.type;
	}
}

const bookinfo = virtualService(
	'bookinfo',
	`{hosts: ['*'], gateways: [gw], http: [{match: [{uri: {prefix: /}}], route: [{destination: {host: productpage}}]}]}`,
);

describe('ports', () => {
	test('a server without VirtualServices answers 404, and nothing listens elsewhere', () => {
		expect(text(taken('http://foo.bar/', {gateways: gateway(http), rules: ''}))).toBe('404 no host');
		expect(text(taken('http://foo.bar/', {gateways: gateway(http), rules: '', port: 81}))).toBe(
			'no-listener',
		);
	});

	test('a server takes the target port of the Service port that it names', () => {
		expect(text(taken('http://foo.bar/', {gateways: gateway(http), rules: bookinfo}))).toBe(
			'bookinfo[0]→productpage',
		);
		expect(text(taken('http://foo.bar/', {gateways: gateway(http), rules: bookinfo, port: 80}))).toBe(
			'no-listener',
		);
		const other = gateway(http.replace('80', '8081'));
		expect(text(taken('http://foo.bar/', {gateways: other, rules: bookinfo, port: 8081}))).toBe(
			'bookinfo[0]→productpage',
		);
	});

	test('servers of HTTP share a port; another protocol on it is left out, the older Gateway first', () => {
		const older = gateway(http, {name: 'old', more: ", creationTimestamp: '2020-01-01T00:00:00Z'"});
		const tcp = gateway(`- {port: {number: 80, name: tcp, protocol: TCP}, hosts: ['*']}`, {
			name: 'gw',
			more: ", creationTimestamp: '2021-01-01T00:00:00Z'",
		});
		const proxy = {namespace: 'infra', labels: {istio: 'gw'}, services: objects('Service', service)};
		const servers = serversOf(objects('IstioGateway', tcp + older), proxy);
		expect(servers.map(({gateway: {name}, lostTo}) => [name, lostTo?.gateway.name])).toEqual([
			['old', undefined],
			['gw', 'old'],
		]);
	});
});

describe('hosts', () => {
	const two =
		virtualService(
			'wide',
			`{hosts: ['*.foo.com'], gateways: [gw], http: [{match: [{uri: {prefix: /w}}], route: [{destination: {host: wide}}]}]}`,
		) +
		virtualService(
			'name',
			`{hosts: [a.foo.com], gateways: [gw], http: [{match: [{uri: {prefix: /n}}], route: [{destination: {host: name}}]}]}`,
		);

	test('only the routes of the host that fits best are tried', () => {
		const gateways = gateway(http);
		expect(text(taken('http://b.foo.com/w', {gateways, rules: two}))).toBe('wide[0]→wide');
		expect(text(taken('http://a.foo.com/n', {gateways, rules: two}))).toBe('name[0]→name');
		expect(text(taken('http://a.foo.com/w', {gateways, rules: two}))).toBe('404 a.foo.com');
	});

	test('a server of one host gives a wildcard that host alone, beside the others', () => {
		const gateways = gateway(http.replace(`'*'`, 'a.foo.com'));
		expect(text(taken('http://a.foo.com/w', {gateways, rules: two}))).toBe('wide[0]→wide');
		expect(text(taken('http://a.foo.com/n', {gateways, rules: two}))).toBe('name[0]→name');
		expect(text(taken('http://b.foo.com/w', {gateways, rules: two}))).toBe('404 no host');
	});

	test('a host with a namespace is for the VirtualServices of that namespace', () => {
		const named = (host: string) => ({gateways: gateway(http.replace(`'*'`, host)), rules: bookinfo});
		expect(text(taken('http://x.com/', named("'default/*'")))).toBe('bookinfo[0]→productpage');
		expect(text(taken('http://x.com/', named("'./*'")))).toBe('bookinfo[0]→productpage');
		expect(text(taken('http://x.com/', named("'*/*'")))).toBe('bookinfo[0]→productpage');
		expect(text(taken('http://x.com/', named("'other/*'")))).toBe('404 no host');
	});

	test('httpsRedirect sends every request of its hosts to https, with routes and without', () => {
		const gateways = gateway(http.replace(`hosts: ['*']`, `hosts: [a.com], tls: {httpsRedirect: true}`));
		expect(text(taken('http://a.com/', {gateways, rules: bookinfo}))).toBe('to https');
		expect(text(taken('http://a.com/', {gateways, rules: ''}))).toBe('to https');
		expect(text(taken('http://b.com/', {gateways, rules: ''}))).toBe('404 no host');
	});
});

describe('visibility', () => {
	const only = (more: string) =>
		virtualService(
			'vs',
			`{hosts: ['*'], gateways: [gw]${more}, http: [{route: [{destination: {host: a}}]}]}`,
		);

	test.each([
		['', 'vs[0]→a'],
		[`, exportTo: ['*']`, 'vs[0]→a'],
		[`, exportTo: [infra]`, 'vs[0]→a'],
		[`, exportTo: ['.']`, '404 no host'],
		[`, exportTo: ['~']`, '404 no host'],
	])('exportTo%s as the proxies of another namespace see it: %s', (more, expected) => {
		expect(text(taken('http://x.com/', {gateways: gateway(http), rules: only(more)}))).toBe(expected);
	});

	test('without gateways, or for `mesh`, a VirtualService is for sidecars', () => {
		const rules = only('').replace('"gateways":["gw"],', '');
		expect(text(taken('http://x.com/', {gateways: gateway(http), rules}))).toBe('404 no host');
		const mesh = rules.replace('"hosts"', '"gateways":["mesh"],"hosts"');
		expect(text(taken('http://x.com/', {gateways: gateway(http), rules: mesh}))).toBe('404 no host');
	});
});

describe('order', () => {
	const at = (name: string, path: string, when: string) =>
		virtualService(
			name,
			`{hosts: [x.com], gateways: [gw], http: [{match: [{uri: {prefix: ${path}}}], route: [{destination: {host: ${name}}}]}]}`,
			`, creationTimestamp: '${when}'`,
		);

	test('of several VirtualServices of a host the older comes first, and what takes everything last', () => {
		const rules =
			at('young', '/a/b', '2022-01-01T00:00:00Z') +
			at('old', '/a', '2021-01-01T00:00:00Z') +
			at('all', '/', '2020-01-01T00:00:00Z');
		expect(text(taken('http://x.com/a/b', {gateways: gateway(http), rules}))).toBe('old[0]→old');
		expect(text(taken('http://x.com/b', {gateways: gateway(http), rules}))).toBe('all[0]→all');
	});

	test('the first that fits takes the request, and nothing behind one that takes everything', () => {
		const rules = virtualService(
			'vs',
			`{hosts: [x.com], gateways: [gw], http: [
        {match: [{uri: {prefix: /a}}], route: [{destination: {host: a}}]},
        {match: [{uri: {exact: /a/b}}], route: [{destination: {host: b}}]},
        {route: [{destination: {host: rest}}]},
        {match: [{uri: {prefix: /late}}], route: [{destination: {host: late}}]}]}`,
		);
		expect(text(taken('http://x.com/a/b', {gateways: gateway(http), rules}))).toBe('vs[0]→a');
		expect(text(taken('http://x.com/late', {gateways: gateway(http), rules}))).toBe('vs[2]→rest');
	});
});

describe('matches', () => {
	function fits(match: string, url: string, options?: Parameters<typeof request>[1]): string {
		const rules = virtualService(
			'vs',
			`{hosts: ['*'], gateways: [gw], http: [{match: [${match}], route: [{destination: {host: a}}]}]}`,
		);
		const result = text(taken(url, {gateways: gateway(http), rules}, options));
		return result.startsWith('vs') ? 'yes' : result === 'not known' ? 'maybe' : 'no';
	}

	test.each([
		['{uri: {exact: /a}}', '/a', 'yes'],
		['{uri: {exact: /a}}', '/a/', 'no'],
		['{uri: {exact: /a}}', '/a?b=c', 'yes'],
		['{uri: {prefix: /a}}', '/ab', 'yes'],
		['{uri: {prefix: /a/}}', '/a', 'no'],
		['{uri: {prefix: /A}}', '/ab', 'no'],
		['{uri: {prefix: /A}, ignoreUriCase: true}', '/ab', 'yes'],
		['{uri: {exact: /AB}, ignoreUriCase: true}', '/ab', 'yes'],
		['{uri: {regex: /A.}, ignoreUriCase: true}', '/ab', 'no'],
		['{uri: {regex: /a}}', '/ab', 'no'],
		["{uri: {regex: '/a.*'}}", '/ab', 'yes'],
		["{uri: {regex: '(?<='}}", '/ab', 'maybe'],
		['{method: {exact: GET}}', '/', 'yes'],
		['{method: {exact: POST}}', '/', 'no'],
		['{scheme: {exact: https}}', '/', 'no'],
		['{scheme: {exact: http}}', '/', 'yes'],
		['{authority: {exact: x.com}}', '/', 'yes'],
		['{authority: {prefix: y}}', '/', 'no'],
		['{port: 80}', '/', 'yes'],
		['{port: 443}', '/', 'no'],
		['{queryParams: {q: {exact: one}}}', '/?q=one', 'yes'],
		['{queryParams: {q: {exact: one}}}', '/?q=two', 'no'],
		['{queryParams: {q: {exact: ""}}}', '/?q=', 'yes'],
		['{queryParams: {q: {}}}', '/?q=', 'yes'],
		['{queryParams: {q: {}}}', '/', 'no'],
		["{queryParams: {q: {regex: '*'}}}", '/?q=7', 'yes'],
		['{sourceLabels: {zone: a}}', '/', 'yes'],
		['{sourceLabels: {zone: b}}', '/', 'no'],
		['{sourceLabels: {zone: b}, gateways: [gw]}', '/', 'yes'],
		['{sourceNamespace: infra}', '/', 'yes'],
		['{sourceNamespace: default}', '/', 'no'],
		['{gateways: [other/gw]}', '/', 'no'],
		['{gateways: [default/gw]}', '/', 'yes'],
	])('%s and %s: %s', (match, path, expected) => {
		expect(fits(match, `http://x.com${path}`)).toBe(expected);
	});

	test.each([
		['{headers: {x-user: {exact: jason}}}', {'X-User': 'jason'}, 'yes'],
		['{headers: {x-user: {exact: jason}}}', {}, 'no'],
		['{headers: {x-user: {}}}', {'x-user': 'a'}, 'yes'],
		['{headers: {x-user: {}}}', {}, 'no'],
		["{headers: {x-user: {regex: 'j.*'}}}", {'x-user': 'jason'}, 'yes'],
		['{withoutHeaders: {x-user: {exact: jason}}}', {}, 'yes'],
		['{withoutHeaders: {x-user: {exact: jason}}}', {'x-user': 'jason'}, 'no'],
		['{withoutHeaders: {x-user: {}}}', {'x-user': 'jason'}, 'no'],
		["{withoutHeaders: {x-user: {regex: '*'}}}", {}, 'yes'],
		["{headers: {'@request.auth.claims.sub': {exact: a}}}", {}, 'maybe'],
	])('%s and the headers %j: %s', (match, headers, expected) => {
		expect(fits(match, 'http://x.com/', {headers})).toBe(expected);
	});
});

describe('TLS', () => {
	const servers = `- {port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*.foo.com'], tls: {mode: SIMPLE, credentialName: c}}
- {port: {number: 443, name: tls, protocol: TLS}, hosts: ['*.bar.com'], tls: {mode: PASSTHROUGH}}`;
	const rules =
		bookinfo +
		virtualService(
			'pass',
			`{hosts: ['*.bar.com'], gateways: [gw], tls: [
        {match: [{sniHosts: [a.bar.com], port: 443}], route: [{destination: {host: a}}]},
        {match: [{sniHosts: ['*.bar.com']}], route: [{destination: {host: rest}}]},
        {match: [{sniHosts: [c.bar.com], port: 444}], route: [{destination: {host: c}}]}]}`,
		);
	const setup = {gateways: gateway(servers), rules, port: 8443};

	test.each([
		['https://x.foo.com/', 'bookinfo[0]→productpage'],
		['https://foo.com/', 'no-name'],
		['https://a.bar.com/', 'pass.tls[0]→a'],
		['https://b.bar.com/', 'pass.tls[1]→rest'],
		['https://c.bar.com/', 'pass.tls[1]→rest'],
		['http://x.foo.com/', 'other-protocol'],
	])('%s: %s', (url, expected) => {
		expect(text(taken(url, setup))).toBe(expected);
	});

	test('a second server of the same host on a TLS port is left out', () => {
		const proxy = {namespace: 'infra', labels: {istio: 'gw'}, services: objects('Service', service)};
		const second = servers.split('\n')[0]!.replace('name: https', 'name: https-2');
		const all = serversOf(objects('IstioGateway', gateway(`${servers}\n${second}`)), proxy);
		expect(all.map(({lostTo}) => lostTo?.index)).toEqual([undefined, undefined, 0]);
	});

	test('https on a plain port is no HTTP', () => {
		expect(text(taken('https://x.com/', {gateways: gateway(http), rules: bookinfo}))).toBe('other-protocol');
	});
});

describe('delegates', () => {
	const root = (match: string) =>
		virtualService(
			'root',
			`{hosts: [x.com], gateways: [gw], http: [{${match}delegate: {name: leaf, namespace: apps}}, {route: [{destination: {host: rest}}]}]}`,
		);
	const leaf = (match: string, more = '') => `---
kind: VirtualService
metadata: {name: leaf, namespace: apps}
spec: {${more}http: [{${match}route: [{destination: {host: leaf}}]}]}
`;
	const result = (rules: string, path: string) =>
		text(taken(`http://x.com${path}`, {gateways: gateway(http), rules}));

	test('the routes of a delegate stand in place of the root, with the matches of both', () => {
		const rules = root('match: [{uri: {prefix: /a}}], ') + leaf('match: [{uri: {prefix: /a/b}}], ');
		expect(result(rules, '/a/b/c')).toBe('leaf[0]→leaf');
		expect(result(rules, '/a/c')).toBe('root[1]→rest');
	});

	test('a delegate without matches has those of the root', () => {
		expect(result(root('match: [{uri: {prefix: /a}}], ') + leaf(''), '/a')).toBe('leaf[0]→leaf');
		expect(result(root('match: [{uri: {prefix: /a}}], ') + leaf(''), '/b')).toBe('root[1]→rest');
	});

	test('a match that is no part of the root is left out', () => {
		const rules = root('match: [{uri: {prefix: /a/b}}], ') + leaf('match: [{uri: {prefix: /a}}], ');
		expect(result(rules, '/a/b')).toBe('root[1]→rest');
	});

	test('a delegate that is missing, not exported or has hosts is left out', () => {
		expect(result(root(''), '/')).toBe('root[1]→rest');
		expect(result(root('') + leaf('', `exportTo: ['.'], `), '/')).toBe('root[1]→rest');
		expect(result(root('') + leaf('', 'hosts: [y.com], '), '/')).toBe('root[1]→rest');
		expect(result(root('') + leaf('', 'exportTo: [default], '), '/')).toBe('leaf[0]→leaf');
	});
});
