import {behave} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const notReady: Scenario = {
	name: 'not-ready',
	title: 'The readiness probe of every api pod fails.',
	question: 'Three pods run and none takes requests. What do they say?',
	target: 'http://app.example.com/api',
	guide: [
		{command: 'log', shows: 'shows the log of a pod that is not ready'},
		{command: 'quit', shows: 'closes it'},
		{command: 'root-cause', shows: 'goes to the pods: what their readiness probes were answered'},
	],
	breaks: (simulation) =>
		behave(simulation, 'shop/api', {
			failure: 'Readiness probe failed: HTTP probe failed with statuscode: 500',
			log: ['GET /healthz 500: the tables of db are of a newer version'],
		}),
	heals: (simulation) => behave(simulation, 'shop/api', undefined),
};
