import {expect, test} from 'vitest';
import {isForTls} from '../../../source/rules/controllers/entry-scheme.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const withPassthrough = (value: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: site
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/ssl-passthrough: "${value}"}
spec: {rules: [{host: app.example.com}]}
`;

// Go's strconv.ParseBool, as ingress-nginx reads its annotations (internal/ingress/annotations/parser).
test.each([
	['true', true],
	['True', true],
	['1', true],
	['yes', false],
	['false', false],
])('ssl-passthrough %s: clients ask by https is %s', (value, expected) => {
	const snapshot = snapshotOf(withPassthrough(value));
	const [ingress] = snapshot.list('Ingress');
	expect(ingress && isForTls(snapshot, ingress, 'app.example.com')).toBe(expected);
});

const ofClass = (controller: string) => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: own}
spec: {controller: ${controller}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: site
  namespace: shop
  annotations: {alb.ingress.kubernetes.io/certificate-arn: "arn:aws:acm:eu-west-1:1:certificate/x"}
spec: {ingressClassName: own, rules: [{host: app.example.com}]}
`;

// The annotation stays where an Ingress moved to another class.
test.each([
	['ingress.k8s.aws/alb', true],
	['k8s.io/ingress-nginx', false],
	['example.com/unknown', true],
])('a certificate of ALB at an Ingress of %s: clients ask by https is %s', (controller, expected) => {
	const snapshot = snapshotOf(ofClass(controller));
	const [ingress] = snapshot.list('Ingress');
	expect(ingress && isForTls(snapshot, ingress, 'app.example.com')).toBe(expected);
});
