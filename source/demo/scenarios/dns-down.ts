import {behave} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const dnsDown: Scenario = {
	name: 'dns-down',
	title: 'No CoreDNS pod is ready: every name in the cluster fails.',
	question: 'Nothing in the shop has changed, and every call from pod db-0 fails. What do all calls share?',
	target: 'svc/shop/api:80',
	from: 'pod/shop/db-0',
	breaks: (simulation) =>
		behave(
			simulation,
			'kube-system/coredns',
			'Readiness probe failed: HTTP probe failed with statuscode: 503',
		),
	heals: (simulation) => behave(simulation, 'kube-system/coredns', undefined),
};
