import {expect, test} from 'vitest';
import {createApiSurface} from '../../source/cluster/list-watch/api-surface.ts';
import {createCounters} from '../../source/cluster/list-watch/counters.ts';
import {jsonCodec} from '../../source/cluster/codec/json-codec.ts';
import {resourceOf} from '../../source/cluster/kinds.ts';
import {createSource} from '../../source/cluster/list-watch/source.ts';
import {createReflector} from '../../source/cluster/reflector/reflector.ts';
import {isOlder} from '../../source/model/matching/resource-version.ts';
import {ApiError, TransportError} from '../../source/cluster/transport/errors.ts';
import type {WatchEvent} from '../../source/model/watch-event.ts';
import {createStore} from '../../source/store/store.ts';
import {
	createFakeApi,
	expiredStatus,
	noFaults,
	refused,
	reset,
	tooLarge,
	type FakeApi,
	type Faults,
} from './helpers/fake-api.ts';
import {createFakeClock} from './helpers/fake-clock.ts';
import {createRandom, settle} from './helpers/random.ts';

// KNET_SEEDS=1000 npx vitest run test/cluster-feed/converges; KNET_SEED=17 replays one.
const only = process.env['KNET_SEED'];
const count = Number(process.env['KNET_SEEDS'] ?? 200);
const operations = 60;

type Die = () => number;

/** Any of the ways in which a server or a network fails, each now and then. */
function randomFaults(die: Die): Faults {
	const oneOf = <T>(choices: readonly T[]): T => choices[Math.floor(die() * choices.length)] as T;
	return {
		beforeAnswer({query}) {
			if (die() < 0.25) {
				throw oneOf([
					new ApiError({status: 500, reason: 'InternalError', message: 'internal'}),
					new ApiError({status: 429, reason: 'TooManyRequests', message: 'slow down', retryAfter: 2}),
					new ApiError({status: 503, reason: 'ServiceUnavailable', message: 'starting'}),
					new ApiError({status: 403, reason: 'Forbidden', message: 'not yet'}),
					new ApiError({status: 410, reason: 'Expired', message: 'gone'}),
					new TransportError('silence', {code: 'IDLE', phase: 'idle'}),
					refused(),
					...(query?.['resourceVersion'] ? [tooLarge()] : []),
				]);
			}
		},
		writeList(body, text) {
			const cut = Math.floor(die() * text.length);
			body.write(text.slice(0, cut));
			if (die() < 0.8) {
				body.write(text.slice(cut));
				body.end();
			} else if (die() < 0.5) {
				body.end();
			} else {
				body.fail(reset());
			}
		},
		writeLine(body, line) {
			const cut = Math.floor(die() * line.length);
			body.write(line.slice(0, cut));
			if (die() < 0.93) {
				body.write(line.slice(cut));
			} else {
				oneOf([() => body.end(), () => body.fail(reset()), () => body.write('\u0000garbage\n')])();
			}
		},
	};
}

function operate(api: FakeApi, die: Die): void {
	const name = `service-${Math.floor(die() * 12)}`;
	const choice = die();
	if (choice < 0.4) {
		api.put(name, String(die()));
	} else if (choice < 0.55) {
		api.remove(name);
	} else if (choice < 0.65) {
		api.remove(name);
		api.put(name, 'again');
	} else if (choice < 0.72) {
		api.compact();
	} else if (choice < 0.8) {
		api.sendBookmarks();
	} else if (choice < 0.86) {
		api.replay(Math.floor(die() * 40));
	} else {
		disturb(api, die());
	}
}

function disturb(api: FakeApi, choice: number): void {
	const status = {kind: 'Status', code: 500, reason: 'InternalError', message: 'internal'};
	const disturbances = [
		() => api.eachWatch((body) => body.end()),
		() => api.eachWatch((body) => body.fail(reset())),
		() => api.eachWatch((body) => body.write(`${JSON.stringify({type: 'ERROR', object: status})}\n`)),
		() => api.eachWatch((body) => body.write(`${JSON.stringify({type: 'ERROR', object: expiredStatus})}\n`)),
		() => api.eachWatch((body) => body.write('{"type":"UNHEARD","object":{"metadata":{"name":"x"}}}\n')),
		() => api.eachWatch((body) => body.write('{"type":"ADDED","object":{"kind":"Table","rows":[]}}\n')),
	];
	disturbances[Math.floor(choice * disturbances.length)]?.();
}

/** Versions of one object never go back, whatever happens. */
function createMonotony() {
	const seen = new Map<string, {readonly uid: string; readonly version: string}>();
	return (event: WatchEvent): void => {
		if (event.type === 'apply' || event.type === 'init-apply') {
			const {namespace, name, uid, resourceVersion: version} = event.object;
			const before = seen.get(`${namespace}/${name}`);
			expect(before?.uid === uid && isOlder(version, before.version)).toBe(false);
			seen.set(`${namespace}/${name}`, {uid, version});
		}
	};
}

async function converge(seed: number): Promise<void> {
	const die = createRandom(seed);
	const clock = createFakeClock();
	const api = createFakeApi({watchList: seed % 3 === 0, faults: noFaults});
	const store = createStore({schedule: () => undefined});
	const watchMonotony = createMonotony();
	const resource = resourceOf('Service');
	const {connection} = api;
	const reflector = createReflector({
		kind: 'Service',
		of: {resource: resource.name, group: resource.group},
		source: createSource({
			kind: 'Service',
			resource,
			codec: jsonCodec,
			connection,
			clock,
			surface: createApiSurface(connection, clock),
			counters: createCounters(),
		}),
		apply(event) {
			watchMonotony(event);
			store.writer.apply(event);
		},
		clock,
		random: die,
		watchList: seed % 2 === 0,
		onNoWatchList: () => undefined,
		onReached: () => undefined,
	});
	const model = () =>
		Object.fromEntries(
			store.reader
				.snapshot(0)
				.list('Service')
				.map(({name, uid, resourceVersion, labels}) => [name, {uid, resourceVersion, labels}]),
		);
	const truth = () =>
		Object.fromEntries(
			[...api.objects.values()]
				.map(
					({metadata: {name, uid, resourceVersion, labels}}) =>
						[name, {uid, resourceVersion, labels}] as const,
				)
				.toSorted(([a], [b]) => (a < b ? -1 : 1)),
		);

	api.setFaults(randomFaults(die));
	reflector.start();
	for (let operation = 0; operation < operations; operation++) {
		operate(api, die);
		await settle();
		clock.advance(die() * 4000);
		await settle();
	}

	api.setFaults(noFaults);
	const requests = () => api.counts.lists + api.counts.watches;
	const before = requests();
	let passed = 0;
	const isDone = () =>
		reflector.state?.state === 'synced' && JSON.stringify(model()) === JSON.stringify(truth());
	while (!isDone() && passed < 66_000) {
		clock.advance(500);
		passed += 500;
		await settle();
	}

	expect(reflector.state).toEqual({state: 'synced'});
	expect(model()).toEqual(truth());
	// Pages of three, at most twice, and a watch.
	expect(requests() - before).toBeLessThan(16);
	await reflector.stop();
	api.put('late', 'late');
	clock.advance(1_000_000);
	await settle();
	expect(model()['late']).toBeUndefined();
}

const seeds = only === undefined ? Array.from({length: count}, (_, seed) => seed) : [Number(only)];

test.each(seeds)('whatever fails, the store ends up with what the server has (seed %i)', converge);
