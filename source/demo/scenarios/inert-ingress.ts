import {patchSpec} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const inertIngress: Scenario = {
	name: 'inert-ingress',
	title: 'The Ingress site is moved to a class whose controller nobody runs.',
	question: 'The Ingress looks right and nobody serves it. Who should?',
	target: 'http://app.example.com/api',
	guide: [
		{command: 'yaml', shows: 'shows the class and the controller that it names'},
		{command: 'quit', shows: 'closes it'},
		{command: 'group', shows: 'groups the entries by cause: one cause breaks two of them'},
	],
	breaks(simulation) {
		simulation.world.put({
			apiVersion: 'networking.k8s.io/v1',
			kind: 'IngressClass',
			metadata: {name: 'edge'},
			spec: {controller: 'example.com/edge-controller'},
		});
		patchSpec(simulation, 'Ingress', {name: 'shop/site', spec: {ingressClassName: 'edge'}});
		simulation.world.edit('Ingress', 'shop/site', (object) => ({...object, status: {loadBalancer: {}}}));
	},
	heals(simulation) {
		patchSpec(simulation, 'Ingress', {name: 'shop/site', spec: {ingressClassName: 'traefik'}});
		simulation.world.remove('IngressClass', 'edge');
	},
};
