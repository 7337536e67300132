import type {Guide, GuideStep} from '../model/guide.ts';
import type {Scenario} from './scenario.ts';

/** Of the demo that breaks and heals by itself. */
const tour: readonly GuideStep[] = [
	{command: 'broken-hop', shows: 'goes to the hop where traffic stops'},
	{command: 'root-cause', shows: 'goes to its cause, with what fixes it'},
	{command: 'yaml', shows: 'shows the object that decided, its field marked'},
	{command: 'quit', shows: 'closes it'},
	{command: 'past-back', shows: 'shows the moment before'},
	{command: 'past-now', shows: 'goes back to now'},
	{command: 'pulse', shows: 'shows the whole cluster: causes, and whom they hit'},
	{command: 'help', shows: 'lists every key; type to find one'},
];

/** The guide of a scenario, or of the demo as a whole; after the last scenario it begins again. */
export function guideOf(scenario: Scenario | undefined, all: readonly Scenario[]): Guide {
	const next = all[(scenario ? all.indexOf(scenario) + 1 : 0) % all.length];
	const following = `knet demo ${next?.name ?? ''}`;
	return {
		question: scenario?.question ?? 'The shop breaks and heals by itself. Where does traffic stop, and why?',
		steps: scenario?.guide ?? tour,
		closing: scenario?.answer
			? `${scenario.answer} ${following}`
			: `That is all here. ${following} asks the next question.`,
	};
}
