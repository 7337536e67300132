import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {runFile} from './run-file.ts';

/**
Requests, policies, endpoints, names and chains that upstream's tests do not have, drawn at random. What is expected comes from a second
model, written after the API's text, pkg/proxy, k8s.io/endpointslice and the kubernetes plugin of CoreDNS.
*/
test.each([
	'dns',
	'endpointslice',
	'gateway-http',
	'ingress-paths',
	'kube-proxy-chains',
	'kube-proxy-topology',
	'networkpolicy',
])('variations of %s go as a second model of the rules says', (name) => {
	const results = runFile(fileURLToPath(new URL(`cases/${name}-variations.json`, import.meta.url)));
	expect(results.filter(({outcome}) => outcome !== 'passed')).toEqual([]);
});
