import {describe, expect, test} from 'vitest';
import {ingress, route} from '../../path/route/route-situation.ts';

const flags = {'providers.kubernetesingress': '', 'entrypoints.web.address': ':8000/tcp'};

function said(
	annotations: string,
	spec = 'clusterIP: 10.0.0.9',
	given: Readonly<Record<string, string>> = flags,
) {
	const service = `
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: shop, annotations: {${annotations}}}
spec: {${spec}, selector: {app: shop}, ports: [{name: http, port: 80}]}
`;
	const {hop} = route([service, ingress('web', ['/ Prefix shop'])], {flags: given});
	return hop.findings.map(({code, message}) => `${code} ${message}`);
}

const native = 'traefik.ingress.kubernetes.io/service.nativelb';
const transport = 'traefik.ingress.kubernetes.io/service.serverstransport';

describe('KNET401: Traefik makes no router to a Service', () => {
	test('that is headless and should be reached by its address', () => {
		expect(said(`${native}: "true"`, 'clusterIP: None')).toEqual([
			'KNET401 Traefik makes no rule of Prefix / to Service shop: it is headless, and nativeLB sends to the cluster IP; the client gets 404.',
		]);
		const byDefault = {...flags, 'providers.kubernetesingress.nativelbbydefault': 'true'};
		expect(said('', 'clusterIP: None', byDefault)).toHaveLength(1);
	});

	test('with an annotation that it cannot read', () => {
		expect(said(`${native}: "yes"`)).toEqual([
			'KNET401 Traefik makes no rule of Prefix / to Service shop: its annotation traefik.ingress.kubernetes.io/service.nativelb: yes cannot be read; the client gets 404.',
		]);
		expect(said('traefik.ingress.kubernetes.io/service.nosuch: "x"')).toHaveLength(1);
	});

	test('with a serversTransport of a provider that does not run', () => {
		expect(said(`${transport}: shop-tls@kubernetescrd`)).toEqual([
			'KNET401 Traefik makes no rule of Prefix / to Service shop: its serversTransport shop-tls@kubernetescrd is of a provider that this Traefik does not run; the client gets 404.',
		]);
	});
});

test('Traefik routes to Services whose annotations it can follow', () => {
	expect(said(`${native}: "true"`)).toEqual([]);
	expect(said(`${native}: "false"`, 'clusterIP: None')).toEqual([]);
	expect(said('traefik.ingress.kubernetes.io/service.sticky.cookie: "true"')).toEqual([]);
	expect(said(`${transport}: t@kubernetescrd`, undefined, {...flags, 'providers.kubernetescrd': ''})).toEqual(
		[],
	);
	expect(said('example.com/service.nosuch: "x"')).toEqual([]);
});
