import {behave} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const controllerDown: Scenario = {
	name: 'controller-down',
	title: 'No Traefik pod is ready: nothing from outside gets in.',
	question: 'Every page is down from outside, and every pod of the shop runs. Why?',
	target: 'http://app.example.com/',
	guide: [
		{command: 'log', shows: 'shows the log of a pod of the controller'},
		{command: 'quit', shows: 'closes it'},
		{command: 'probe-path', shows: 'asks the whole path, after it said what it sends'},
	],
	breaks: (simulation) =>
		behave(simulation, 'traefik/traefik', {
			failure: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
			log: ['ERR Error while building configuration: entryPoint web: address already in use'],
		}),
	heals: (simulation) => behave(simulation, 'traefik/traefik', undefined),
};
