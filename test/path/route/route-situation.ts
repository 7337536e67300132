import type {TlsObservation} from '../../../source/model/evidence.ts';
import type {Kind} from '../../../source/model/kinds.ts';
import type {KindState} from '../../../source/model/snapshot.ts';
import {ingressRouteEvaluator} from '../../../source/path/route/ingress/evaluate.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import type {HttpRequest} from '../../../source/model/request.ts';
import type {Controller} from '../../../source/rules/controllers/record/controller.ts';
import {contour} from '../../../source/rules/controllers/contour.ts';
import {haproxyIngress} from '../../../source/rules/controllers/haproxy-ingress.ts';
import {ingressNginx} from '../../../source/rules/controllers/ingress-nginx.ts';
import {unknownController} from '../../../source/rules/controllers/plain.ts';
import {traefik} from '../../../source/rules/controllers/traefik.ts';

const records = {
	traefik,
	contour,
	'haproxy-ingress': haproxyIngress,
	'ingress-nginx': ingressNginx,
	spec: unknownController('x', 'x'),
};

type Profile = keyof typeof records;

function controller(profile: Profile, flags: Controller['flags'] = {}): Controller {
	const record = records[profile];
	return {
		implementation: profile === 'spec' ? 'Other' : record.implementation,
		record,
		controllerName: 'x',
		className: 'x',
		pods: [],
		services: [],
		answers: record.ingress?.answers({flags}) ?? {},
		flags,
		assumed: [],
	};
}

const services = `
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {clusterIP: 10.0.0.1, selector: {app: api}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {clusterIP: 10.0.0.2, selector: {app: web}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: outside, namespace: shop}
spec: {type: ExternalName, externalName: www.example.com, ports: [{port: 80}]}
`;

type Options = {
	readonly host?: string;
	readonly annotations?: string;
	readonly more?: string;
	readonly age?: number;
	readonly namespace?: string;
};

/** An Ingress of host app.example.com; a path is `PATH TYPE BACKEND:PORT`, a backend with a slash a resource. */
export function ingress(name: string, paths: readonly string[], options: Options = {}): string {
	const {host = 'app.example.com', annotations = '{}', more = '', age = 1, namespace = 'shop'} = options;
	const lines = paths.map((text) => {
		const [path, type, backend] = text.split(' ');
		const [service, port = '80'] = (backend ?? '').split(':');
		const backendText = service?.includes('/')
			? `{resource: {apiGroup: x.example.com, kind: ${service.split('/')[0]}, name: ${service.split('/')[1]}}}`
			: `{service: {name: ${service}, port: {${/^\d+$/u.test(port) ? 'number' : 'name'}: ${port}}}}`;
		return `{path: "${path}", pathType: ${type}, backend: ${backendText}}`;
	});
	return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, namespace: ${namespace}, resourceVersion: "1", creationTimestamp: "2025-01-0${age}T00:00:00Z", annotations: ${annotations}}
spec:
  ingressClassName: x
  ${more}
  rules:
    - host: "${host}"
      http: {paths: [${lines.join(', ')}]}
`;
}

type Requested = {
	readonly url?: string;
	readonly profile?: Profile;
	readonly flags?: Controller['flags'];
	readonly states?: Partial<Record<Kind, KindState>>;
	readonly evidence?: readonly TlsObservation[];
	readonly focus?: string;
	readonly headers?: HttpRequest['headers'];
};

/** The route hop for a URL; Services api, web and outside are in namespace shop. */
export function route(documents: readonly string[], requested: Requested = {}) {
	const {
		url = 'http://app.example.com/',
		profile = 'traefik',
		flags,
		states,
		evidence,
		focus,
		headers = [],
	} = requested;
	const snapshot = snapshotOf([services, ...documents].join('\n---\n'), {states, evidence});
	const [, scheme, host = '', urlPath = '/'] = /^(https?):\/\/([^/]*)(\/.*)$/u.exec(url) ?? [];
	const isSecure = scheme === 'https';
	const request: HttpRequest = {
		scheme: isSecure ? 'https' : 'http',
		host,
		port: isSecure ? 443 : 80,
		urlPath,
		method: 'GET',
		headers,
		query: [],
	};
	return ingressRouteEvaluator.evaluate(
		{snapshot, source: {kind: 'external'}, client: {kind: 'external'}, request, detail: 'full'},
		{
			controller: controller(profile, flags),
			ingresses: snapshot.list('Ingress'),
			focus: focus === undefined ? undefined : {namespace: 'shop', name: focus},
		},
	);
}

export const codes = ({hop}: ReturnType<typeof route>) =>
	hop.findings.map(({code, severity}) => `${code} ${severity}`);
export const backendsOf = ({backends}: ReturnType<typeof route>) =>
	backends.map(({name, port}) => `${name}:${port}`);
