import {behave} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const dnsDown: Scenario = {
	name: 'dns-down',
	title: 'No CoreDNS pod is ready: every name in the cluster fails.',
	question: 'Nothing has changed, and every call from pod db-0 fails. What do all share?',
	target: 'svc/shop/api:80',
	from: 'pod/shop/db-0',
	guide: [
		{command: 'yaml', shows: 'shows what says that no DNS pod is ready'},
		{command: 'quit', shows: 'closes it'},
		{command: 'log', shows: 'shows the log of a DNS pod'},
		{command: 'quit', shows: 'closes it'},
		{command: 'pulse', shows: 'shows the cluster: one cause, and everybody whom it hits'},
	],
	breaks: (simulation) =>
		behave(simulation, 'kube-system/coredns', {
			failure: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
			log: ['[INFO] plugin/ready: Still waiting on: "kubernetes"'],
		}),
	heals: (simulation) => behave(simulation, 'kube-system/coredns', undefined),
};
