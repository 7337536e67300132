import {expect, test} from 'vitest';
import {parseTarget} from '../../../source/path/target-text.ts';
import {walk} from '../../../source/path/walk/walk.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: app, namespace: web}
spec: {rules: [{host: app.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: app, port: {number: 80}}}}]}}]}
`;

test('a host that a rule of another namespace names is not said to be answered by 404', () => {
	const parsed = parseTarget('http://app.example.com/');
	if ('problem' in parsed) {
		throw new Error(parsed.problem);
	}

	const {paths} = walk(snapshotOf(ingress), {target: parsed.value, namespace: 'shop'});
	expect(paths.map(({symptom}) => symptom)).toEqual([undefined]);
	expect(
		paths.flatMap(({hops}) => hops.flatMap(({findings}) => findings.map(({message}) => message))),
	).toEqual([
		'No Ingress and no route in namespace shop names the host app.example.com; Ingress/web/app does.',
	]);
});
