import {setTimeout as wait} from 'node:timers/promises';
import type {World} from '../../../source/demo/world.ts';
import type {Kind} from '../../../source/model/kinds.ts';
import type {Wire} from '../../../source/projection/wire.ts';
import type {Bulk} from './bulk.ts';
import type {State} from './state.ts';

/** What the bench asks of the server. `rate`: changes a second; 0: as fast as the clients take them. */
export type Ask =
	| {
			readonly id: number;
			readonly do: 'churn';
			readonly kind: Kind;
			readonly count: number;
			readonly rate: number;
			readonly replaces?: boolean;
			readonly within?: number;
	  }
	| {readonly id: number; readonly do: 'put'; readonly object: Wire}
	| {readonly id: number; readonly do: 'remove'; readonly kind: string; readonly name: string}
	| {readonly id: number; readonly do: 'requests'}
	| {readonly id: number; readonly do: 'revisions'; readonly kind: Kind};

export type Reply = {readonly id: number; readonly answer: unknown};

type Context = {
	readonly world: World;
	readonly state: State;
	readonly bulks: ReadonlyMap<string, Bulk>;
	readonly requests: string[];
};

export function createControl({world, state, bulks, requests}: Context): (ask: Ask) => Promise<Reply> {
	const answer = async (ask: Ask): Promise<unknown> => {
		switch (ask.do) {
			case 'churn':
				return churn(state, bulks.get(ask.kind)?.count ?? 0, ask);
			case 'put':
				return world.put(ask.object);
			case 'remove':
				return world.remove(ask.kind, ask.name);
			case 'requests':
				return requests.splice(0);
			case 'revisions':
				return revisions(state, bulks.get(ask.kind));
		}
	};

	return async (ask) => ({id: ask.id, answer: await answer(ask)});
}

/** How often the server changes something, in milliseconds. */
const step = 10;

/** Changes objects in turn; `replaces`: every tenth is deleted and made again; `within`: only so many objects change. */
async function churn(
	state: State,
	count: number,
	{kind, count: changes, rate, replaces = false, within = count}: Extract<Ask, {do: 'churn'}>,
): Promise<{readonly version: number; readonly seconds: number}> {
	const start = performance.now();
	for (let done = 0; done < changes;) {
		const due =
			rate > 0 ? Math.min(changes, Math.floor(((performance.now() - start) / 1000) * rate)) : done + 1000;
		for (; done < Math.min(due, changes); done++) {
			const index = (done * 7) % Math.min(within, count);
			if (replaces && done % 10 === 0) {
				state.change(kind, index, 'DELETED');
				state.change(kind, index, 'ADDED');
			} else {
				state.change(kind, index, 'MODIFIED');
			}
		}

		await wait(rate > 0 ? step : 0);
	}

	return {version: state.version, seconds: (performance.now() - start) / 1000};
}

/** The sum of all revisions: a client that has lost a change has another. */
function revisions(state: State, bulk: Bulk | undefined): {readonly objects: number; readonly sum: number} {
	let [objects, sum] = [0, 0];
	for (let index = 0; index < (bulk?.count ?? 0); index++) {
		const {revision, isGone} = state.leftOf(bulk?.kind ?? '', index);
		objects += isGone ? 0 : 1;
		sum += isGone ? 0 : revision;
	}

	return {objects, sum};
}
