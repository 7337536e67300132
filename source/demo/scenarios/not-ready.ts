import {behave} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const notReady: Scenario = {
	name: 'not-ready',
	title: 'The readiness probe of every api pod fails.',
	question: 'Three pods run and none takes requests. What do they say?',
	target: 'http://app.example.com/api',
	breaks: (simulation) =>
		behave(simulation, 'shop/api', 'Readiness probe failed: HTTP probe failed with statuscode: 500'),
	heals: (simulation) => behave(simulation, 'shop/api', undefined),
};
