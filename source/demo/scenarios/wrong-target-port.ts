import {patchServicePort} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const wrongTargetPort: Scenario = {
	name: 'wrong-target-port',
	title: 'The Service api sends to the target port "htttp", which no container declares.',
	question: 'Pods are ready, connections are refused. To which port does the Service send?',
	target: 'http://app.example.com/api',
	guide: [
		{command: 'yaml', shows: 'shows the target port, marked, in the YAML of the Service'},
		{command: 'quit', shows: 'closes it'},
		{command: 'probe-path', shows: 'asks the whole path, after it said what it sends'},
	],
	breaks: (simulation) => patchServicePort(simulation, 'shop/api', {targetPort: 'htttp'}),
	heals: (simulation) => patchServicePort(simulation, 'shop/api', {targetPort: 'http'}),
};
