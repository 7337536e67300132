import {patchServicePort} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const missingPort: Scenario = {
	name: 'missing-port',
	title: 'The port of the Service api is renamed; the Ingress asks for the old name.',
	question: 'Somebody tidied up names in a Service. Why is /api gone, while svc/api works?',
	target: 'http://app.example.com/api',
	breaks: (simulation) => patchServicePort(simulation, 'shop/api', {name: 'web'}),
	heals: (simulation) => patchServicePort(simulation, 'shop/api', {name: 'http'}),
};
