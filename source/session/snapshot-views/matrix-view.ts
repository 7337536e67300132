import type {Reads} from '../../model/recording-snapshot.ts';
import type {Source} from '../../model/request.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {parseTarget} from '../../path/target-text.ts';
import {
	matrixPlaces,
	matrixRow,
	matrixWith,
	type Matrix,
	type MatrixOptions,
	type MatrixRow,
} from '../../path/walk/matrix.ts';
import {sourcesOf} from '../../rules/requested-sources.ts';
import type {Touched} from './touched.ts';
import {tracked, type Tracked} from './tracked.ts';
import type {Question} from './walks.ts';

/** One target from everywhere, kept up to date a row at a time. */
export type MatrixView = {
	/** Walks from one place; false when all is up to date. */
	work(snapshot: Snapshot): boolean;
	touch(touched: Touched | 'all'): void;
	reads(): readonly Reads[];
	/** Rows that were not walked yet are left out. */
	readonly matrix: Matrix;
};

/** Undefined for a target that cannot be parsed: its path says why. */
export function createMatrixView({
	target: text,
	namespace,
	traceOptions,
	fallback,
}: Question): MatrixView | undefined {
	const parsed = parseTarget(text, traceOptions.request);
	if ('problem' in parsed) {
		return undefined;
	}

	const target = parsed.value;
	const isAnywhere = target.kind === 'url' || target.kind === 'address';
	const options: MatrixOptions = {target, namespace: isAnywhere ? namespace : (namespace ?? fallback)};
	const {from} = traceOptions;
	const places = tracked<ReadonlyMap<string, Source>>(new Map(), (snapshot) =>
		byText(matrixPlaces(snapshot, {...options, also: from && sourcesOf(snapshot, from)})),
	);
	const rows = new Map<string, Tracked<MatrixRow | undefined>>();

	function list(): void {
		for (const key of rows.keys()) {
			if (!places.value.has(key)) {
				rows.delete(key);
			}
		}

		for (const [key, place] of places.value) {
			if (!rows.has(key)) {
				rows.set(
					key,
					tracked<MatrixRow | undefined>(undefined, (snapshot) => matrixRow(snapshot, options, place)),
				);
			}
		}
	}

	return {
		work(snapshot) {
			if (places.refresh(snapshot)) {
				list();
				return true;
			}

			return [...rows.values()].some((row) => row.refresh(snapshot));
		},
		touch(touched) {
			places.touch(touched);
			rows.forEach((row) => row.touch(touched));
		},
		reads: () => [places.reads, ...Array.from(rows.values(), ({reads}) => reads)],
		get matrix() {
			const walked = Array.from(places.value.keys(), (key) => rows.get(key)?.value);
			return matrixWith(
				walked.filter((row) => row !== undefined),
				options,
			);
		},
	};
}

/** A place that is named twice is one. */
function byText(places: readonly Source[]): ReadonlyMap<string, Source> {
	return new Map(places.map((place) => [JSON.stringify(place), place]));
}
