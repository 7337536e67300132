import type {Scenario} from '../scenario.ts';

export const crashLoop: Scenario = {
	name: 'crash-loop',
	title: 'The containers of web end as soon as they start.',
	target: 'http://app.example.com/',
	breaks: ({conditions}) =>
		void conditions.behaviours.set('shop/web', {ready: false, failure: '', crashes: true}),
	heals: ({conditions}) => void conditions.behaviours.delete('shop/web'),
};
