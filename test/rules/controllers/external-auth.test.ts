import {expect, test} from 'vitest';
import {serviceOfUrl, whySilent, type AskedService} from '../../../source/rules/controllers/external-auth.ts';
import {authService as ofHaproxy} from '../../../source/rules/controllers/haproxy-ingress/external-auth.ts';
import {authService as ofNginx} from '../../../source/rules/controllers/ingress-nginx/access.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const objects = (clusterIP: string, annotation = 'haproxy-ingress.github.io/auth-url: ""') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site, namespace: shop, annotations: {${annotation}}}
spec: {rules: [{host: app.example.com}]}
---
apiVersion: v1
kind: Service
metadata: {name: login, namespace: shop}
spec:
  clusterIP: ${clusterIP}
  clusterIPs: [${clusterIP}]
  selector: {app: login}
  ports: [{name: http, port: 80, targetPort: 4180}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: login-1, namespace: shop, labels: {kubernetes.io/service-name: login}}
addressType: IPv4
ports: [{name: http, port: 4180, protocol: TCP}]
endpoints: [{addresses: ["10.244.1.10"], conditions: {ready: true}}]
`;

const silence = (yaml: string, asked: AskedService | undefined) =>
	asked && whySilent(snapshotOf(yaml), asked);

// A name of a headless Service resolves to its pods, which listen on any port that they like.
test.each([
	['10.96.4.31', 'http://login.shop.svc/auth', undefined],
	['10.96.4.31', 'http://login.shop.svc:4180/auth', 'has no port 4180'],
	['None', 'http://login.shop.svc:4180/auth', undefined],
])('cluster IP %s, %s: %s', (clusterIP, url, expected) => {
	const asked = serviceOfUrl(url);
	expect(asked).toBeDefined();
	expect(silence(objects(clusterIP), asked)).toBe(expected);
});

// addBackend (pkg/converters/ingress/ingress.go) finds the port of `svc://` as that of any backend.
test.each([
	['svc://login:80/auth', undefined],
	['svc://login:4180/auth', undefined],
	['svc://login:9000/auth', 'has no port 9000'],
])('HAProxy Ingress asks %s by service port or target port: %s', (url, expected) => {
	const yaml = objects('10.96.4.31', `haproxy-ingress.github.io/auth-url: "${url}"`);
	const [ingress] = snapshotOf(yaml).list('Ingress');
	const asked = ingress && ofHaproxy(ingress);
	expect(asked).toBeDefined();
	expect(silence(yaml, asked)).toBe(expected);
});

test.each([
	['http://login.shop.svc.cluster.local:4180/auth', 'login'],
	['http://login.shop.svc/auth', undefined],
	['http://login.shop/auth', undefined],
])('ingress-nginx resolves whole names only: %s', (url, expected) => {
	const yaml = objects('None', `nginx.ingress.kubernetes.io/auth-url: "${url}"`);
	const [ingress] = snapshotOf(yaml).list('Ingress');
	const asked = ingress && ofNginx(ingress, {});
	expect(asked?.name).toBe(expected);
	expect(silence(yaml, asked)).toBeUndefined();
});
