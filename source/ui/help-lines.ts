import type {Glyphs} from '../view/glyphs.ts';
import {lineWidth} from '../view/fit.ts';
import {span, type Line} from '../view/line.ts';
import {padTo, widthOf} from '../view/width.ts';
import {whyNot} from './availability.ts';
import {keyText} from './hints.ts';
import {keymap, type Binding} from './keymap.ts';
import {promptWords} from './prompt-words.ts';
import type {Model} from './model.ts';

const groups: readonly Binding['group'][] = ['Move', 'Look', 'Find', 'Check', 'Leave'];

/** All keys, by what they are for, and what the signs mean. Keys that do nothing now say why. */
export function helpLines(model: Model): readonly Line[] {
	const parts = groups.flatMap((group): readonly Line[] => [
		[span(group, 'strong', true)],
		...keymap.filter((binding) => binding.group === group).map((binding) => bindingLine(binding, model)),
		[],
	]);
	return [...parts, ...wordLines(), [], ...signLines(model.glyphs)];
}

function keysText({keys}: Binding, glyphs: Glyphs): string {
	return `  ${keys.map((name) => keyText(name, glyphs)).join(' ')}  `;
}

function bindingLine(binding: Binding, model: Model): Line {
	const {glyphs} = model;
	const width = Math.max(...keymap.map((each) => widthOf(keysText(each, glyphs))));
	const why = whyNot(binding.command, model);
	return [
		span(padTo(keysText(binding, glyphs), width), why === undefined ? 'accent' : 'dim'),
		span(binding.help, why === undefined ? undefined : 'dim'),
		...(why === undefined ? [] : [span(`  (now: ${why})`, 'dim')]),
	];
}

function wordLines(): readonly Line[] {
	const width = Math.max(...promptWords.map(({word, takes}) => widthOf(`${word} ${takes}`))) + 4;
	return [
		[span('After :', 'strong', true)],
		...promptWords.map(({word, takes, help}) => [
			span(padTo(`  ${word} ${takes}`, width), 'accent'),
			span(help),
		]),
	];
}

function signLines({status, here, changed, live}: Glyphs): readonly Line[] {
	const meanings: readonly Line[] = [
		[span(`  ${status.ok} ok`, 'ok'), span('        requests get through')],
		[span(`  ${status.degraded} degraded`, 'degraded'), span('  some do not, or soon will not')],
		[span(`  ${status.broken} broken`, 'broken'), span('    they do not')],
		[
			span(`  ${status.unknown} unknown`, 'unknown'),
			span('   knet may not read, or has not read, what decides it'),
		],
		[span(`  ${status.skipped} skipped`, 'skipped'), span('   does not apply, or lies behind the break')],
		[span(`  ${here}`, 'broken'), span('           where traffic stops, and where the cause lies')],
		[span(`  ${changed}`, 'accent'), span('           changed a moment ago')],
		[span(`  ${live}`, 'ok'), span('           the picture follows the cluster')],
	];
	return [[span('Signs', 'strong', true)], ...meanings.filter((line) => lineWidth(line) > 0)];
}
