import {specProfile} from '../../../source/rules/gateway-api/profile.ts';
import {expect, test} from 'vitest';
import {problemOf} from '../../../source/path/controller/gateway/listener-findings.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

test.each([
	[
		'bad, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}',
		'Secret shop/cert does not exist',
		['spec.listeners[bad].tls.certificateRefs[cert].name: cert', 'metadata.name: does not exist'],
	],
	[
		'bad, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert, namespace: team}]}',
		'no ReferenceGrant lets it use Secret team/cert',
		[
			'spec.listeners[bad].tls.certificateRefs[cert].namespace: team',
			'spec.from[].namespace: none for Gateways of shop',
		],
	],
	[
		'bad, port: 443, protocol: HTTPS, tls: {certificateRefs: [{kind: Vault, group: acme.io, name: cert}]}',
		'Vault cert is no Secret',
		['spec.listeners[bad].tls.certificateRefs[cert].kind: Vault'],
	],
	[
		'bad, port: 80, protocol: GOPHER',
		'port 80 has a listener of another protocol',
		['spec.listeners[bad].protocol: GOPHER', 'spec.listeners[good].protocol: HTTP'],
	],
	[
		'bad, port: 81, protocol: GOPHER',
		'GOPHER is no protocol of Gateway API',
		['spec.listeners[bad].protocol: GOPHER'],
	],
	[
		'bad, port: 80, protocol: HTTP',
		'port 80 has another listener with its hostname',
		['spec.listeners[bad].hostname: absent', 'spec.listeners[good].hostname: absent'],
	],
	[
		'bad, port: 81, protocol: HTTP, allowedRoutes: {kinds: [{kind: TCPRoute}]}',
		'its protocol takes no TCPRoute',
		['spec.listeners[bad].allowedRoutes.kinds[].kind: TCPRoute'],
	],
])(
	'a listener that nobody has written a status for is judged by fields that are there: %s',
	(bad, why, fields) => {
		const snapshot = snapshotOf(`
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec: {gatewayClassName: example, listeners: [{name: good, port: 80, protocol: HTTP}, {name: ${bad}}]}
`);
		const gateway = snapshot.get('Gateway', 'shop', 'gw')!;
		const problem = problemOf({snapshot, gateway, profile: specProfile}, gateway.listeners[1]!);
		expect(problem?.text).toBe(why);
		expect(problem?.evidence.map(({path, value}) => `${path}: ${value}`)).toEqual(fields);
	},
);
