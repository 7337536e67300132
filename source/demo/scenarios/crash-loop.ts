import type {Scenario} from '../scenario.ts';

export const crashLoop: Scenario = {
	name: 'crash-loop',
	title: 'The containers of web end as soon as they start.',
	question: 'The page is down, its pods start over and over. What did they say before?',
	target: 'http://app.example.com/',
	guide: [
		{command: 'log', shows: 'shows what the container said before it ended'},
		{command: 'quit', shows: 'closes it'},
		{command: 'events', shows: 'shows how often it was started'},
		{command: 'quit', shows: 'closes it'},
		{command: 'used-by', shows: 'lists which entries lead here'},
	],
	breaks: ({conditions}) =>
		void conditions.behaviours.set('shop/web', {
			ready: false,
			failure: '',
			crashes: true,
			log: ['fatal: no such file: /etc/web/config.toml'],
		}),
	heals: ({conditions}) => void conditions.behaviours.delete('shop/web'),
};
