import type {Scenario} from '../scenario.ts';

export const crashLoop: Scenario = {
	name: 'crash-loop',
	title: 'The containers of web end as soon as they start.',
	question: 'The page is down and its pods start over and over. What did they say before they ended?',
	target: 'http://app.example.com/',
	breaks: ({conditions}) =>
		void conditions.behaviours.set('shop/web', {ready: false, failure: '', crashes: true}),
	heals: ({conditions}) => void conditions.behaviours.delete('shop/web'),
};
