import {expect, test} from 'vitest';
import {createFilling} from '../../source/feeds/file/apply-objects.ts';
import {readDocuments} from '../../source/feeds/file/read-documents.ts';
import {verifyAccepted} from '../../source/feeds/file/refused.ts';

const gone = (api: string, only: string): string =>
	`Ingress api: Kubernetes no longer serves it as ${api}, only as ${only}`;

test.each([
	['extensions/v1beta1', 'Ingress', gone('extensions/v1beta1', 'networking.k8s.io/v1')],
	['networking.k8s.io/v1beta1', 'Ingress', gone('networking.k8s.io/v1beta1', 'networking.k8s.io/v1')],
	['v1', 'Ingress', 'Ingress api: there is no Ingress in v1, only in networking.k8s.io/v1'],
	['networking.k8s/v1', 'HTTPRoute', undefined],
	[
		'networking.k8s.io/v1',
		'HTTPRoute',
		'HTTPRoute api: there is no HTTPRoute in networking.k8s.io/v1, only in gateway.networking.k8s.io/v1',
	],
	[
		'networking.k8.io/v1',
		'Ingress',
		'Ingress api: there is no Ingress in networking.k8.io/v1, only in networking.k8s.io/v1',
	],
	['', 'Ingress', 'Ingress api has no apiVersion, such as networking.k8s.io/v1'],
	['networking.k8s.io/v1', 'ingress', 'kind ingress: kinds are case-sensitive; write Ingress'],
	['traefik.io/v1alpha1', 'Ingressroute', 'kind Ingressroute: kinds are case-sensitive; write IngressRoute'],
	['apps/v1', 'Deployement', 'kind Deployement: apps/v1 has no such kind; the nearest is Deployment'],
	['apps/v1', 'Deployment', undefined],
	['v1', 'Endpoints', undefined],
	['events.k8s.io/v1', 'Event', undefined],
	['audit.k8s.io/v1', 'Event', undefined],
	['serving.knative.dev/v1', 'Service', undefined],
	['apps.example.com/v1', 'Deployment', undefined],
	['example.com/v1', 'ingress', undefined],
	['gateway.networking.k8s.io/v1beta1', 'HTTPRoute', undefined],
	['gateway.networking.k8s.io/v1alpha2', 'BackendLBPolicy', undefined],
	['helm.toolkit.fluxcd.io/v2', 'HelmRelease', undefined],
])(
	'%s %s: a slip in a kind that knet reads is reported, a kind of others is not',
	(apiVersion, kind, fault) => {
		const filling = createFilling();
		const content = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: api}\n`;
		const faults = readDocuments(content, 'dump', (wire) => filling.add(wire));
		expect(faults.map(({text}) => text)).toEqual(
			fault === undefined ? [] : [`dump is not read at line 1: ${fault}.`],
		);
	},
);

const port = '{service: {name: web, port: {number: 80}}}';
const ingressPath = (path: string, host = 'a.test'): string =>
	`networking.k8s.io/v1, kind: Ingress, spec: {rules: [{host: ${host}, http: {paths: [${path}]}}]}`;
const slash = `{path: /, pathType: Prefix, backend: ${port}}`;
const refused = 'the API server refuses Ingress api: spec';

test.each([
	[ingressPath(slash), undefined],
	[ingressPath(slash, "'*.a.test'"), undefined],
	[ingressPath(`{pathType: ImplementationSpecific, backend: ${port}}`, "''"), undefined],
	[ingressPath(`{path: /, backend: ${port}}`), `${refused}.rules[0].http.paths[0].pathType is missing`],
	[
		ingressPath(`{path: /, pathType: prefix, backend: ${port}}`),
		`${refused}.rules[0].http.paths[0].pathType is not one of Exact, Prefix, ImplementationSpecific`,
	],
	[
		ingressPath(`{path: a, pathType: Prefix, backend: ${port}}`),
		`${refused}.rules[0].http.paths[0].path does not begin with /`,
	],
	[ingressPath(slash, "'https://a.test/'"), `${refused}.rules[0].host is not a DNS name`],
	[ingressPath(slash, "'{{ .Values.host }}'"), `${refused}.rules[0].host is not a DNS name`],
	[ingressPath(slash, '10.0.0.1'), `${refused}.rules[0].host is not a DNS name`],
	[ingressPath(slash, "'*'"), `${refused}.rules[0].host is not a DNS name`],
	[
		ingressPath(slash.replace('80', '"80"')),
		`${refused}.rules[0].http.paths[0].backend.service.port.number is not a number: it is in quotes, or a name`,
	],
	[
		ingressPath('{path: /, pathType: Prefix, backend: {serviceName: web, servicePort: 80}}'),
		`${refused}.rules[0].http.paths[0].backend.serviceName is of v1beta1: v1 has service.name and service.port`,
	],
	[`${ingressPath(`{path: /, backend: ${port}}`)}, status: {}`, undefined],
	[
		'v1, kind: Service, spec: {selektor: {a: b}}',
		'the API server refuses Service api: spec has no field selektor; the nearest is selector',
	],
	[
		'v1, kind: Service, spec: {selector: null, app: api}',
		'the API server refuses Service api: spec has no field app; it may belong to selector, which is empty',
	],
	[
		'v1, kind: Service, spec: {selector: {a: b}, ports: [{port: "80"}]}',
		'the API server refuses Service api: spec.ports[0].port is not a number: it is in quotes',
	],
	[
		'v1, kind: Service, spec: {selector: {a: b}, ports: [{port: 80, targetPort: "80"}], newerThanKnet: 1}',
		undefined,
	],
])('%s: what the API server refuses is reported', (document, fault) => {
	const faults = readDocuments(`{metadata: {name: api}, apiVersion: ${document}}`, 'dump', verifyAccepted);
	expect(faults.map(({text}) => text)).toEqual(
		fault === undefined ? [] : [`dump is not read at line 1: ${fault}.`],
	);
});
