import {list, record} from '../../projection/wire.ts';
import type {Scenario} from '../scenario.ts';
import type {Simulation} from '../simulation.ts';

/** A new version takes the place of the old one, pod by pod: nothing breaks. */
export const rollout: Scenario = {
	name: 'rollout',
	title: 'A new version of web is rolled out, pod by pod.',
	question: 'A new version is rolled out. Does a request ever find nobody?',
	target: 'http://app.example.com/',
	guide: [
		{command: 'past-back', shows: 'shows the moment before; again, and one pod is new'},
		{command: 'differs', shows: 'says what differs between then and now'},
		{command: 'quit', shows: 'closes it'},
		{command: 'past-now', shows: 'goes back to now'},
	],
	goesOn: true,
	breaks: (simulation) => setImage(simulation, 'example.com/shop/web:2.1.0'),
	heals: (simulation) => setImage(simulation, 'example.com/shop/web:2.0.1'),
};

function setImage({world}: Simulation, image: string): void {
	world.edit('Deployment', 'shop/web', (object) => {
		const spec = record(object['spec']);
		const template = record(spec['template']);
		const podSpec = record(template['spec']);
		const containers = list(podSpec['containers']).map((item) => ({...record(item), image}));
		return {...object, spec: {...spec, template: {...template, spec: {...podSpec, containers}}}};
	});
}
