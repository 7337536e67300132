import type {Kind} from '../model/kinds.ts';
import type {KindRow, SessionState} from '../session/state.ts';

/** How far the picture can be trusted, over all kinds. */
type Freshness =
	/** Not live by nature: a file, a recording. */
	| {readonly state: 'fixed'}
	/** `reason`: why the last attempt came to nothing. */
	| {
			readonly state: 'connecting';
			readonly synced: number;
			readonly total: number;
			readonly reason?: string;
	  }
	| {readonly state: 'live'; readonly synced: number; readonly total: number; readonly forbidden: number}
	/** `since`: milliseconds, the oldest. */
	| {
			readonly state: 'stale';
			readonly since: number;
			readonly reason: string;
			readonly kinds: number;
			readonly total: number;
	  };

/** The worst counts: one kind that is stale makes the picture stale. */
export function freshnessOf(state: Pick<SessionState, 'source' | 'kinds' | 'outage'>): Freshness {
	const watched = state.kinds.filter(({state}) => state.state !== 'not-watched' && state.state !== 'absent');
	if (state.outage) {
		return {state: 'stale', ...state.outage, kinds: watched.length, total: watched.length};
	}

	if (state.source.kind === 'file') {
		return {state: 'fixed'};
	}

	const stale = watched.map(staleness).filter((found) => found !== undefined);
	if (stale.length > 0) {
		const oldest = stale.reduce((a, b) => (b.since < a.since ? b : a));
		return {
			state: 'stale',
			since: oldest.since,
			reason: oldest.reason,
			kinds: stale.length,
			total: watched.length,
		};
	}

	const synced = countOf(watched, 'synced');
	const forbidden = countOf(watched, 'forbidden');
	return watched.length === 0 || synced + forbidden < watched.length
		? {state: 'connecting', synced: synced + forbidden, total: watched.length, ...failureOf(watched)}
		: {state: 'live', synced, total: watched.length, forbidden};
}

/** Whether a kind may not be listed in the namespace that is looked at. */
export function isForbidden(kind: Kind, {kinds}: Pick<SessionState, 'kinds'>): boolean {
	return kinds.some((row) => row.kind === kind && row.state.state === 'forbidden' && !row.isListedHere);
}

function staleness({state}: KindRow): {since: number; reason: string} | undefined {
	return state.state === 'stale' ? state : undefined;
}

function failureOf(rows: readonly KindRow[]): {reason?: string} {
	for (const {state} of rows) {
		if (state.state === 'connecting' && state.reason) {
			return {reason: state.reason};
		}
	}

	return {};
}

function countOf(rows: readonly KindRow[], wanted: string): number {
	return rows.filter(({state}) => state.state === wanted).length;
}
