import {patchSpec} from '../edit.ts';
import type {Scenario} from '../scenario.ts';

export const selectorMismatch: Scenario = {
	name: 'selector-mismatch',
	title: 'The Service api selects app=apii; its pods have app=api.',
	question: 'The api was deployed a minute ago and is down. What does not fit?',
	target: 'http://app.example.com/api',
	guide: [
		{command: 'yaml', shows: 'shows the selector, marked, in the YAML of the Service'},
		{command: 'quit', shows: 'closes it'},
		{command: 'copy-summary', shows: 'copies all of it for a chat, in Markdown'},
	],
	breaks: (simulation) =>
		patchSpec(simulation, 'Service', {name: 'shop/api', spec: {selector: {app: 'apii'}}}),
	heals: (simulation) => patchSpec(simulation, 'Service', {name: 'shop/api', spec: {selector: {app: 'api'}}}),
};
