import type {Hop} from '../../path/hop.ts';
import {span, type Line} from '../text/line.ts';

/** The details of a hop, field by field, as `-o wide` shows them below the hop. */
export function wideLines(hop: Hop): readonly Line[] {
	return Object.entries(hop.details ?? {}).flatMap(([name, value]) => fieldLines(name, value));
}

function fieldLines(name: string, value: unknown): readonly Line[] {
	if (!Array.isArray(value)) {
		return value === undefined ? [] : [[span(`      ${name}: ${inline(value)}`, 'dim')]];
	}

	return value.length === 0
		? []
		: [[span(`      ${name}:`, 'dim')], ...value.map((item) => [span(`        ${inline(item)}`, 'dim')])];
}

function inline(value: unknown): string {
	if (typeof value !== 'object' || value === null) {
		return String(value);
	}

	return Array.isArray(value)
		? value.map(inline).join(', ')
		: Object.entries(value)
				.filter(([, item]) => item !== undefined)
				.map(([key, item]) => `${key} ${inline(item)}`)
				.join('  ');
}
