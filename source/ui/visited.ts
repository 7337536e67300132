import type {OpenedTarget, UiState} from './state.ts';

/** More are forgotten. */
const mostPlaces = 50;

/** Opens a target, as the newest of those that were opened: what lay ahead of the shown one is forgotten, as in a browser. */
export function open(ui: UiState, target: OpenedTarget): UiState {
	return {
		...visited(ui, target),
		overlay: undefined,
		opened: target,
		focus: 'path',
		detailTop: 0,
		wantedHop: undefined,
	};
}

/** Remembers a path that was opened. */
export function visited(ui: UiState, target: OpenedTarget): UiState {
	const {places, at} = ui.visited;
	if (isSame(places[at], target)) {
		return ui;
	}

	const kept = [...places.slice(0, at + 1), target].slice(-mostPlaces);
	return {
		...ui,
		visited: {places: kept, at: kept.length - 1, before: kept.length > 1 ? kept.length - 2 : undefined},
	};
}

/** The place before, or after, the shown one. */
export function travel(ui: UiState, by: number): UiState {
	return show(ui, ui.visited.at + by);
}

/** The place that was shown before this one; twice leads back. */
export function lastView(ui: UiState): UiState {
	return show(ui, ui.visited.before ?? -1);
}

function show(ui: UiState, at: number): UiState {
	const target = ui.visited.places[at];
	return target
		? {
				...ui,
				opened: target,
				focus: 'path',
				detailTop: 0,
				visited: {...ui.visited, at, before: ui.visited.at},
			}
		: ui;
}

/** Whether two targets are one, asked from the same place. */
export function isSame(a: OpenedTarget | undefined, b: OpenedTarget): boolean {
	return (
		a?.target === b.target && a.namespace === b.namespace && JSON.stringify(a.from) === JSON.stringify(b.from)
	);
}
