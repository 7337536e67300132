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
	const [ingress] = snapshotOf(withPassthrough(value)).list('Ingress');
	expect(ingress && isForTls(ingress, 'app.example.com')).toBe(expected);
});
