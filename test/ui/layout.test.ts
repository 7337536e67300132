import {describe, expect, test} from 'vitest';
import {layoutOf} from '../../source/ui/layout.ts';
import type {Layout, LayoutInput, Wants} from '../../source/ui/layout-parts.ts';

const wants: Wants = {
	entriesWidth: 40,
	entries: 15,
	empty: () => 3,
	causes: () => 2,
	changes: () => 3,
	path: () => 10,
	cause: () => 3,
	why: () => 2,
	preview: () => 8,
	detail: () => 20,
	cluster: () => 6,
	further: (kind) => ({endpoints: 5, pod: 4, service: 3})[kind as string] ?? 0,
};
const usual = {focus: 'entries', zoom: 'normal', wants, banners: 0} as const;

/** A line a row: which part is there, `-` for titles and ends of boxes; beside each other, side by side. */
function drawing(input: Pick<LayoutInput, 'columns' | 'rows'> & Partial<LayoutInput>): string {
	const layout = layoutOf({...usual, ...input});
	const boxes = layout.boxes.map((box) => [
		...box.sections.flatMap(({part, rows}) => [
			...(part === 'why' ? [] : ['-']),
			...Array.from({length: rows}, () => part),
		]),
		...(box.border ? ['-'] : []),
	]);
	const body = Array.from({length: Math.max(...boxes.map(({length}) => length))}, (_, row) =>
		boxes.map((rows) => rows[row] ?? '').join(' | '),
	);
	const widths = layout.boxes.map(({width}) => width).join(' | ');
	return `\n${widths}\n${[...frame(layout), ...body, ...(layout.footer ? ['footer'] : [])].join('\n')}\n`;
}

function frame({header, banners}: Layout): readonly string[] {
	return [...(header ? ['header'] : []), ...Array.from({length: banners}, () => 'banner')];
}

test('on a tall screen other hops stand below a short detail, in their order, and leave it room', () => {
	const healthy = {...wants, detail: () => 3, cause: () => 0};
	const partsAt = (rows: number): readonly unknown[] =>
		layoutOf({...usual, columns: 160, rows, wants: healthy}).boxes[1]!.sections.map((each) => [
			each.part,
			each.rows,
		]);
	expect(partsAt(50)).toEqual([
		['path', 10],
		['detail', 20],
		['further service', 3],
		['further endpoints', 5],
		['further pod', 4],
	]);
	expect(partsAt(26)).toEqual([
		['path', 10],
		['detail', 11],
	]);
});

test('many causes leave the newest changes in sight', () => {
	const crowded = {...wants, entries: 200, causes: () => 45, changes: () => 12};
	const [left] = layoutOf({...usual, columns: 120, rows: 30, wants: crowded}).boxes;
	expect(left?.sections).toEqual([
		{part: 'entries', rows: 13},
		{part: 'causes', rows: 8},
		{part: 'changes', rows: 3},
	]);
});

describe('80×24', () => {
	test('lists entries above what is wrong with one of them', () => {
		expect(drawing({columns: 80, rows: 24})).toMatchInlineSnapshot(`
			"
			80
			header
			-
			entries
			entries
			entries
			entries
			entries
			entries
			entries
			entries
			entries
			entries
			entries
			-
			preview
			preview
			preview
			preview
			preview
			preview
			preview
			preview
			-
			footer
			"
		`);
	});

	test('shows an open path above its detail', () => {
		expect(drawing({columns: 80, rows: 24, focus: 'path'})).toMatchInlineSnapshot(`
			"
			80
			header
			-
			path
			path
			path
			path
			path
			path
			path
			path
			path
			path
			-
			detail
			detail
			detail
			detail
			detail
			-
			cause
			cause
			cause
			-
			footer
			"
		`);
	});

	test('gives what a short detail leaves to what changed', () => {
		const short = {...wants, cause: () => 0, detail: () => 4};
		const layout = layoutOf({...usual, wants: short, columns: 80, rows: 24, focus: 'path'});
		expect(layout.boxes[0]!.sections).toEqual([
			{part: 'path', rows: 10},
			{part: 'detail', rows: 5},
			{part: 'changes', rows: 3},
		]);
	});

	test('shows what changed beside a long detail that nobody reads', () => {
		const long = {...wants, cause: () => 0, path: () => 8};
		const sections = (focus: 'detail' | 'path') =>
			layoutOf({...usual, wants: long, columns: 80, rows: 24, focus}).boxes[0]!.sections;
		expect(sections('path')).toEqual([
			{part: 'path', rows: 8},
			{part: 'detail', rows: 7},
			{part: 'changes', rows: 3},
		]);
		expect(sections('detail').map(({part}) => part)).not.toContain('changes');
	});

	test('leaves of the path a strip when the detail is read', () => {
		expect(drawing({columns: 80, rows: 24, focus: 'detail'})).toMatchInlineSnapshot(`
			"
			80
			header
			-
			strip
			strip
			strip
			-
			detail
			detail
			detail
			detail
			detail
			detail
			detail
			detail
			detail
			detail
			detail
			detail
			detail
			detail
			detail
			detail
			-
			footer
			"
		`);
	});

	test('makes room for banners', () => {
		expect(drawing({columns: 80, rows: 24, banners: 2})).toMatchInlineSnapshot(`
			"
			80
			header
			banner
			banner
			-
			entries
			entries
			entries
			entries
			entries
			entries
			entries
			entries
			entries
			entries
			-
			preview
			preview
			preview
			preview
			preview
			preview
			preview
			-
			footer
			"
		`);
	});
});

test('160×50 shows all side by side, whatever has the keys', () => {
	const wide = drawing({columns: 160, rows: 50});
	expect(wide).toBe(drawing({columns: 160, rows: 50, focus: 'detail'}));
	expect(wide).toContain('\n67 | 93\nheader\n- | -\nentries | path\n');
});

test('on a tall screen the cluster stands below few entries, and leaves what changed twelve rows', () => {
	const few = {...wants, entries: 7};
	const left = (rows: number) => layoutOf({...usual, columns: 160, rows, wants: few}).boxes[0]!.sections;
	expect(left(50).map(({part, rows}) => [part, rows])).toEqual([
		['entries', 7],
		['causes', 2],
		['cluster', 6],
		['changes', 28],
	]);
	expect(left(30).map(({part}) => part)).toEqual(['entries', 'causes', 'changes']);
});

test('120×30 keeps the path whole above a detail of eight rows', () => {
	const long = {...wants, path: () => 15};
	const keys = {columns: 120, rows: 30, banners: 2, wants: long};
	expect(drawing(keys)).toBe(drawing({...keys, focus: 'detail'}));
});

test('50×15 is one list at a time', () => {
	expect(drawing({columns: 50, rows: 15})).toMatchInlineSnapshot(`
		"
		50
		header
		-
		entries
		entries
		entries
		entries
		entries
		entries
		entries
		entries
		entries
		entries
		why
		why
		footer
		"
	`);
	expect(drawing({columns: 50, rows: 15, focus: 'detail'})).toMatch(
		/^\n50\nheader\n-\n(?:detail\n){10}(?:-\n)?(?:why\n){2}footer\n$/,
	);
});

test.each(['entries', 'path', 'detail'] as const)(
	'no size makes it taller or wider than the terminal: %s',
	(focus) => {
		for (let columns = 1; columns < 180; columns += 7) {
			for (let rows = 1; rows < 70; rows++) {
				for (const banners of [0, 3]) {
					const layout = layoutOf({...usual, columns, rows, focus, banners});
					const heights = layout.boxes.map(({sections, border}) =>
						sections.reduce((sum, {part, rows}) => sum + rows + Number(part !== 'why'), border ? 1 : 0),
					);
					const taken = Math.max(...heights) + Number(layout.header) + Number(layout.footer) + layout.banners;
					expect([columns, rows, Math.max(taken, rows)]).toEqual([columns, rows, rows]);
					expect(layout.boxes.reduce((sum, {width}) => sum + width, 0)).toBe(columns);
					expect(layout.boxes.flatMap(({sections}) => sections).every(({rows}) => rows >= 0)).toBe(true);
				}
			}
		}
	},
);
