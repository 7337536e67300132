import {expect, test} from 'vitest';
import type {Kind} from '../../../source/model/kinds.ts';
import type {KindState} from '../../../source/model/snapshot.ts';
import {ingress, route} from '../../path/route/route-situation.ts';

const web = (middlewares: string) =>
	ingress('web', ['/ Prefix web'], {
		annotations: `{traefik.ingress.kubernetes.io/router.middlewares: "${middlewares}"}`,
	});
const flags = {'providers.kubernetesingress': '', 'entrypoints.web.address': ':8000/tcp'};

const said = (
	middlewares: string,
	given: Readonly<Record<string, string>> = flags,
	objects: readonly string[] = [],
	states?: Partial<Record<Kind, KindState>>,
) =>
	route([web(middlewares), ...objects], {flags: given, states}).hop.findings.map(
		({code, message}) => `${code} ${message}`,
	);
const auth = `
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: {name: basic.auth, namespace: shop}
`;
const crd = {...flags, 'providers.kubernetescrd': ''};
const remedyOf = (middlewares: string) =>
	route([web(middlewares), auth], {flags: crd}).hop.findings.map(({remedy}) => remedy);

test('KNET401: Traefik makes no router with a middleware of a provider that it does not run', () => {
	expect(said('shop-auth@kubernetescrd')).toEqual([
		'KNET401 Prefix / of Ingress web does not take this request: it names middleware shop-auth@kubernetescrd, of a provider that this Traefik does not run.',
	]);
	expect(said('auth')[0]).toContain('middleware auth,');
});

test('KNET401: Traefik makes no router with a Middleware that does not exist', () => {
	expect(said('shop-auth@kubernetescrd', crd)[0]).toContain(
		'names middleware shop-auth@kubernetescrd, which does not exist',
	);
	expect(said('shop-auth@kubernetescrd', {})[0]).toContain('which does not exist');
	expect(said('auth', {})[0]).toContain('middleware auth, which does not exist');
	expect(
		said('shop-auth@kubernetescrd', crd, [], {Middleware: {state: 'absent', why: 'not-installed'}})[0],
	).toContain('which does not exist');
});

test('the remedy spells the Middleware that is meant', () => {
	const right =
		'Write shop-basic-auth@kubernetescrd in annotation traefik.ingress.kubernetes.io/router.middlewares.';
	expect(remedyOf('basic.auth@kubernetescrd')).toEqual([right]);
	expect(remedyOf('shop/basic-auth@kubernetescrd')).toEqual([right]);
	expect(remedyOf('shop-basic.auth@kubernetescrd')).toEqual([right]);
	expect(remedyOf('shop-basic-auth')).toEqual([right]);
	expect(remedyOf('shop-baisc-auth@kubernetescrd')).toEqual([right]);
	expect(remedyOf('shop-headers@kubernetescrd')).toEqual([
		'Create the Middleware, or name one that exists as NAMESPACE-NAME@kubernetescrd in annotation traefik.ingress.kubernetes.io/router.middlewares.',
	]);
});

test('a Middleware that exists is passed', () => {
	expect(said('shop-basic-auth@kubernetescrd', crd, [auth])).toEqual([]);
	expect(said('shop-basic-auth@kubernetescrd', {...flags, configfile: '/x.yml'}, [auth])).toEqual([]);
	expect(said('shop-basic-auth@kubernetescrd', {}, [auth])).toEqual([]);
});

test('KNET413: whether a middleware exists is not known where its provider or its kind is not read', () => {
	const unread = (state: KindState) => said('shop-auth@kubernetescrd', crd, [], {Middleware: state});
	const unknown = (name: string) =>
		`KNET413 Whether Traefik serves Prefix / of Ingress web is not known: it needs middleware ${name}.`;
	expect(unread({state: 'absent', why: 'not-in-input'})).toEqual([
		unknown('shop-auth@kubernetescrd'),
		expect.stringMatching(/^KNET904 .*Middleware/u),
	]);
	expect(unread({state: 'forbidden', resource: 'middlewares', group: 'traefik.io', reason: 'no'})).toEqual([
		unknown('shop-auth@kubernetescrd'),
		'KNET901 You may not list middlewares in all namespaces, so this cannot be decided.',
	]);
	expect(said('x@file', {...flags, 'providers.file.directory': '/etc/traefik'})).toEqual([unknown('x@file')]);
});
