import type {Simulation} from '../simulation.ts';
import type {Scenario} from '../scenario.ts';

export const missingService: Scenario = {
	name: 'missing-service',
	title: 'The Ingress site sends /api to a Service that is not there.',
	question: 'The pods of api are ready, but /api shows the pages of web. Why?',
	target: 'http://app.example.com/api',
	guide: [
		{command: 'yaml', shows: 'shows the backend, marked, in the YAML of the Ingress'},
		{command: 'quit', shows: 'closes it'},
		{command: 'copy', shows: 'copies the command that lists the Services'},
	],
	breaks: (simulation) => rename(simulation, 'api', 'api-v2'),
	heals: (simulation) => rename(simulation, 'api-v2', 'api'),
};

function rename({world}: Simulation, from: string, to: string): void {
	world.edit('Ingress', 'shop/site', (object) => ({
		...object,
		spec: JSON.parse(
			JSON.stringify(object['spec']).replaceAll(`"name":"${from}"`, `"name":"${to}"`),
		) as object,
	}));
}
