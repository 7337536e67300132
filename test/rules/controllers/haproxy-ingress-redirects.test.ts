import {expect, test} from 'vitest';
import {hostRedirect} from '../../../source/rules/controllers/haproxy-ingress/redirects.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {ingress} from '../../path/route/route-situation.ts';

test.each([
	['false', ['https://app.example.com/']],
	['true', []],
	['True', []],
])('with ssl-passthrough %s a host redirects from other names to %j', (passthrough, locations) => {
	const annotations = `{haproxy-ingress.github.io/redirect-from: www.example.com, haproxy-ingress.github.io/ssl-passthrough: "${passthrough}"}`;
	const found = hostRedirect({
		ingresses: snapshotOf(ingress('site', ['/ Prefix web'], {annotations})).list('Ingress'),
		settings: {},
		request: {
			scheme: 'https',
			host: 'www.example.com',
			port: 443,
			urlPath: '/',
			method: 'GET',
			headers: [],
			query: [],
		},
	});
	expect(found.map(({redirect}) => redirect.location)).toEqual(locations);
});
