import {expect, test} from 'vitest';
import {parseCiliumServiceList} from '../../../source/evidence/rules/parse-cilium-service-list.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const services = snapshotOf(`
apiVersion: v1
kind: Service
metadata: {name: dns, namespace: a}
spec: {clusterIP: 10.96.0.10, ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: a}
spec: {type: NodePort, clusterIP: 10.96.0.20, ports: [{name: http, port: 80, nodePort: 30080}]}
`).list('Service');

const text = `ID   Frontend                Service Type   Backend
1    10.96.0.10:53/UDP       ClusterIP      1 => 10.0.1.5:53/UDP (active)
                                            2 => 10.0.2.7:53/UDP (active)
                                            3 => 10.0.3.7:53/UDP (terminating)
2    10.96.0.10:53/TCP       ClusterIP      1 => 10.0.1.5:53/TCP (active)
3    10.96.0.20:80           ClusterIP
4    0.0.0.0:30080/TCP       NodePort       1 => 10.0.1.9:8080/TCP (active)
5    10.96.7.7:80/TCP        ClusterIP      1 => 10.0.1.9:8080/TCP (active)
`;

test('reads frontends and whose they are', () => {
	expect(parseCiliumServiceList(text, {services})).toEqual({
		mode: 'cilium',
		families: ['IPv4'],
		services: {
			'a/dns:dns/UDP': {
				backends: [
					{address: '10.0.1.5', port: 53, probability: 0.5},
					{address: '10.0.2.7', port: 53, probability: 0.5},
				],
				external: [],
				rejects: false,
				drops: false,
			},
			'a/dns:dns-tcp/TCP': {
				backends: [{address: '10.0.1.5', port: 53, probability: 1}],
				external: [],
				rejects: false,
				drops: false,
			},
			'a/web:http/TCP': {
				backends: [],
				external: [{address: '10.0.1.9', port: 8080, probability: 1}],
				rejects: true,
				drops: false,
			},
		},
		unread: [],
	});
});
