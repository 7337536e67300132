import {patchSpec} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const scaledToZero: Scenario = {
	name: 'scaled-to-zero',
	title: 'Somebody has scaled api to zero.',
	question: 'The api is gone without a trace of a fault. Who is left?',
	target: 'http://app.example.com/api',
	guide: [
		{command: 'yaml', shows: 'shows how many replicas the Deployment asks for'},
		{command: 'quit', shows: 'closes it'},
		{
			command: 'command',
			key: ':what-if scale deploy/api=3',
			shows: 'shows what would be if it asked for three',
		},
	],
	breaks: (simulation) => patchSpec(simulation, 'Deployment', {name: 'shop/api', spec: {replicas: 0}}),
	heals: (simulation) => patchSpec(simulation, 'Deployment', {name: 'shop/api', spec: {replicas: 3}}),
};
