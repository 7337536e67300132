import {svgOf, type Picture} from './svg.ts';

type Moment = {readonly picture: Picture; readonly seconds: number};

/** Pictures one after the other, again and again: one SVG that a page shows as an image, without a script. */
export function filmOf(moments: readonly Moment[]): string {
	const [first] = moments;
	const total = moments.reduce((sum, {seconds}) => sum + seconds, 0);
	if (!first) {
		throw new Error('a film needs a moment');
	}

	const starts = moments.map((_, index) =>
		moments.slice(0, index).reduce((sum, {seconds}) => sum + seconds, 0),
	);
	const groups = moments.map(({picture, seconds}, index) => {
		const from = percent(starts[index] ?? 0, total);
		const to = percent((starts[index] ?? 0) + seconds, total);
		return [
			`<style>@keyframes m${index}{0%{visibility:${index === 0 ? 'visible' : 'hidden'}}${from}%{visibility:visible}${to}%{visibility:hidden}100%{visibility:hidden}}</style>`,
			`<g visibility="${index === 0 ? 'visible' : 'hidden'}" style="animation:m${index} ${total}s step-end infinite">${picture.body}</g>`,
		].join('\n');
	});
	return svgOf({...first.picture, body: groups.join('\n')});
}

const percent = (part: number, total: number): string => ((100 * part) / total).toFixed(2);
