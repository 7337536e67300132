import {expect, test} from 'vitest';
import {ingress, route} from './route-situation.ts';

const web = (middlewares: string) =>
	ingress('web', ['/ Prefix web'], {
		annotations: `{traefik.ingress.kubernetes.io/router.middlewares: "${middlewares}"}`,
	});
const flags = {'providers.kubernetesingress': '', 'entrypoints.web.address': ':8000/tcp'};

const said = (middlewares: string, given: Readonly<Record<string, string>> = flags) =>
	route([web(middlewares)], {flags: given}).hop.findings.map(({code, message}) => `${code} ${message}`);

test('KNET401: Traefik makes no router with a middleware of a provider that it does not run', () => {
	expect(said('shop-auth@kubernetescrd')).toEqual([
		'KNET401 No rule that Traefik serves takes http://app.example.com/. Prefix / of Ingress web would, but its annotation names middleware shop-auth@kubernetescrd, of a provider that this Traefik does not run, so Traefik makes no router of it.',
	]);
	expect(said('auth')[0]).toContain('middleware auth,');
});

test('a middleware of a provider that runs, or that may, is passed', () => {
	expect(said('shop-auth@kubernetescrd', {...flags, 'providers.kubernetescrd': ''})).toEqual([]);
	expect(said('x@file', {...flags, 'providers.file.directory': '/etc/traefik'})).toEqual([]);
	expect(said('shop-auth@kubernetescrd', {...flags, configfile: '/etc/traefik.yml'})).toEqual([]);
	expect(said('shop-auth@kubernetescrd', {})).toEqual([]);
});
