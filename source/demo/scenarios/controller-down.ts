import {behave} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const controllerDown: Scenario = {
	name: 'controller-down',
	title: 'No Traefik pod is ready: nothing from outside gets in.',
	question: 'Every page is down from outside, and every pod of the shop runs. What is it?',
	target: 'http://app.example.com/',
	breaks: (simulation) =>
		behave(simulation, 'traefik/traefik', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
	heals: (simulation) => behave(simulation, 'traefik/traefik', undefined),
};
