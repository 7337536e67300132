import {patchServicePort} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const missingPort: Scenario = {
	name: 'missing-port',
	title: 'The port of the Service api is renamed; the Ingress asks for the old name.',
	question: 'Somebody tidied up names. Why is /api gone, while svc/api works?',
	target: 'http://app.example.com/api',
	guide: [
		{command: 'yaml', shows: 'shows the port, marked, in the YAML of the Ingress'},
		{command: 'quit', shows: 'closes it'},
		{command: 'entry-next', shows: 'opens the next entry: the Service itself answers'},
	],
	breaks: (simulation) => patchServicePort(simulation, 'shop/api', {name: 'web'}),
	heals: (simulation) => patchServicePort(simulation, 'shop/api', {name: 'http'}),
};
