import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {connect} from '../../source/cluster/connect.ts';
import type {Demand} from '../../source/feeds/feed.ts';
import {createLiveFeed} from '../../source/feeds/live.ts';
import type {Kind} from '../../source/model/kinds.ts';
import {isOlder} from '../../source/model/matching/resource-version.ts';
import {createStore} from '../../source/store/store.ts';
import type {Reader} from '../../source/store/store-types.ts';
import {createRandom} from '../cluster-feed/helpers/random.ts';
import {startServer, type FaultyServer, type ServerOptions} from './server.ts';
import {namespaces, worldKinds, type WorldKind} from './world.ts';

const operations = [
	...Array<'put'>(14).fill('put'),
	...Array<'remove'>(5).fill('remove'),
	...Array<'again'>(4).fill('again'),
	...Array<'want'>(5).fill('want'),
	...Array<'bookmarks'>(3).fill('bookmarks'),
	...Array<'delay'>(2).fill('delay'),
	...Array<'catchUp'>(2).fill('catchUp'),
	...Array<'rest'>(2).fill('rest'),
	'compact',
	'replay',
	'forbid',
	'allow',
	'end',
	'expire',
	'reset',
	'goAway',
	'forget',
	'expireToken',
	'jump',
	'uninstall',
	'install',
] as const;
type Operation = {readonly name: (typeof operations)[number]; readonly pick: number};

export type Schedule = {
	readonly seed: number;
	readonly server: Omit<ServerOptions, 'die'>;
	readonly operations: readonly Operation[];
};

export type Outcome = {readonly requests: number; readonly faults: number};

/** The schedule of a seed: always the same, but for the timing of sockets. */
export function scheduleOf(seed: number, count: number): Schedule {
	const die = createRandom(seed * 7919);
	const oneOf = <T>(choices: readonly T[]): T => choices[Math.floor(die() * choices.length)] as T;
	return {
		seed,
		server: {
			isHttp2: die() < 0.5,
			hasProtobuf: die() < 0.6,
			watchList: oneOf(['yes', 'refused', 'ignored']),
		},
		operations: Array.from({length: count}, () => ({
			name: oneOf(operations),
			pick: Math.floor(die() * 1_000_000),
		})),
	};
}

/** Leaves out operations as long as the schedule still fails, for a minute at most. */
export async function smallest(schedule: Schedule): Promise<Schedule> {
	const end = performance.now() + 60_000;
	let best = schedule;
	for (let size = Math.ceil(best.operations.length / 2); size >= 1; size = Math.floor(size / 2)) {
		for (let at = 0; at < best.operations.length && performance.now() < end;) {
			const fewer = {...best, operations: best.operations.toSpliced(at, size)};
			const fails = await play(fewer).then(
				() => false,
				() => true,
			);
			best = fails ? fewer : best;
			at += fails ? 0 : size;
		}
	}

	return best;
}

/** So much faster goes the clock of the feed. */
const haste = 300;
const createClock = () => {
	let offset = 0;
	return {
		now: () => 1_700_000_000_000 + performance.now() * haste + offset,
		elapsed: () => performance.now() * haste,
		after(ms: number, callback: () => void) {
			const timer = setTimeout(callback, ms / haste);
			return () => clearTimeout(timer);
		},
		/** Somebody sets the clock of the wall. */
		jump(ms: number) {
			offset += ms;
		},
	};
};

/** Plays a schedule. Throws when the store does not come to hold what the server has, or something goes back. */
export async function play({seed, server: options, operations: steps}: Schedule): Promise<Outcome> {
	const die = createRandom(seed);
	const server = await startServer({...options, die});
	const clock = createClock();
	const user = await createUser(server.url, options.isHttp2);
	const connection = await connect({kubeconfig: user.kubeconfig, namespace: 'shop', env: {}});
	const store = createStore();
	const regress = watchVersions(store.reader);
	const feed = createLiveFeed({
		connection,
		writer: store.writer,
		clock,
		random: die,
		namespaces: ['bank'],
		watchList: options.watchList !== 'refused' || seed % 2 === 0,
	});
	const demand = new Map<Kind, 'all' | ReadonlySet<string>>(worldKinds.map((kind) => [kind, 'all']));
	// API servers send them about once a minute.
	const bookmarks = setInterval(() => server.bookmarks(), 60_000 / haste);
	try {
		feed.want(new Map(demand));
		for (const step of steps) {
			await operate(step, {seed, server, demand, clock, user, want: () => feed.want(new Map(demand))});
			await pause(die() < 0.7 ? 0 : die() * 4);
		}

		server.state.isFaulty = false;
		server.catchUp();
		await converges(server, demand, store.reader);
		if (regress.length > 0) {
			throw new Error(`versions went back: ${regress.slice(0, 5).join(', ')}`);
		}

		return {requests: server.state.requests, faults: server.state.faults};
	} finally {
		clearInterval(bookmarks);
		await feed.stop();
		await connection.close();
		await server.stop();
		await user.remove();
	}
}

/** A kubeconfig whose token stands in a file, as those of pods do. */
async function createUser(server: string, hasToken: boolean) {
	const folder = await mkdtemp(join(tmpdir(), 'knet-schedule-'));
	const tokenFile = join(folder, 'token');
	const kubeconfig = join(folder, 'config');
	const config = {
		clusters: [{name: 'c', cluster: {server, 'insecure-skip-tls-verify': hasToken || undefined}}],
		users: [{name: 'u', user: hasToken ? {tokenFile} : {}}],
		contexts: [{name: 'x', context: {cluster: 'c', user: 'u'}}],
		'current-context': 'x',
	};
	await writeFile(kubeconfig, JSON.stringify(config));
	await writeFile(tokenFile, 'token-1');
	return {
		kubeconfig,
		setToken: (token: string) => writeFile(tokenFile, token),
		remove: () => rm(folder, {recursive: true}),
	};
}

type Stage = {
	readonly seed: number;
	readonly clock: ReturnType<typeof createClock>;
	readonly user: Awaited<ReturnType<typeof createUser>>;
	readonly server: FaultyServer;
	readonly demand: Map<Kind, 'all' | ReadonlySet<string>>;
	readonly want: () => void;
};

/** What an operation acts on. */
type At = {
	readonly kind: WorldKind;
	readonly namespace: string;
	readonly object: string;
	readonly pick: number;
};

async function operate({name, pick}: Operation, stage: Stage): Promise<void> {
	const kind = worldKinds[pick % worldKinds.length] as WorldKind;
	const place = namespaces[Math.floor(pick / 7) % namespaces.length] as string;
	const namespace = kind === 'Node' ? '' : place;
	await effects[name](stage, {kind, namespace, object: `object-${Math.floor(pick / 50) % 5}`, pick});
}

type Effect = (stage: Stage, at: At) => void | Promise<void>;

const forbid =
	(isForbidden: boolean): Effect =>
	({server}) => {
		server.state.isForbidden = isForbidden;
		if (isForbidden) {
			server.expireWatches();
		}
	};

const effects: Readonly<Record<Operation['name'], Effect>> = {
	put: ({server}, {kind, namespace, object}) => server.world.put(kind, namespace, object),
	remove: ({server}, {kind, namespace, object}) => server.world.remove(kind, namespace, object),
	again({server}, {kind, namespace, object}) {
		server.world.remove(kind, namespace, object);
		server.world.put(kind, namespace, object);
	},
	want({demand, want}, {kind, pick}) {
		change(demand, kind, pick);
		want();
	},
	bookmarks: ({server}) => server.bookmarks(),
	delay: ({server}, at) =>
		server.delay(
			({kind, namespace}) => kind === at.kind && (at.pick % 2 === 0 || namespace === at.namespace),
		),
	catchUp: ({server}) => server.catchUp(),
	rest: () => pause(40),
	compact: ({server}) => server.world.compact(),
	replay: ({server}, {pick}) => server.replay(pick),
	forbid: forbid(true),
	allow: forbid(false),
	end: ({server}) => server.endWatches(),
	expire: ({server}) => server.expireWatches(),
	reset: ({server}) => server.reset(),
	goAway: ({server}) => server.goAway(),
	forget({seed, server}) {
		if (forgets(seed)) {
			server.forget();
		}
	},
	expireToken: ({server, user}) => user.setToken(server.expireToken()),
	jump: ({clock}, {pick}) => clock.jump(((pick % 17) - 8) * 3_600_000),
	uninstall: ({server}) => server.install(false),
	install: ({server}) => server.install(true),
};

/** A connection that is only half open is noticed after 25 to 40 real seconds, so few schedules have one. */
const forgets = (seed: number): boolean => seed % 40 === 0;

function change(demand: Stage['demand'], kind: WorldKind, pick: number): void {
	const choice = Math.floor(pick / 100) % 4;
	if (choice === 0) {
		demand.delete(kind);
	} else {
		demand.set(kind, choice === 1 ? 'all' : new Set(namespaces.slice(pick % 3, (pick % 3) + choice - 1)));
	}
}

/** Notes every object that readers see in an older version than before. A CRD that went and came back begins anew. */
function watchVersions(reader: Reader): readonly string[] {
	const seen = new Map<string, {readonly uid: string; readonly version: string}>();
	const regress: string[] = [];
	reader.subscribe(({objects}) => {
		const snapshot = reader.snapshot(0);
		for (const key of objects) {
			const [kind = '', namespace = '', name = ''] = key.split('/');
			const object = snapshot.get(kind as Kind, namespace, name);
			const before = seen.get(key);
			if (object && before && isOlder(object.resourceVersion, before.version)) {
				regress.push(`${key} from ${before.version} to ${object.resourceVersion}`);
			}

			if (!object && snapshot.state(kind as Kind, namespace).state === 'absent') {
				seen.delete(key);
			}

			if (object) {
				seen.set(key, {uid: object.uid, version: object.resourceVersion});
			}
		}
	});
	return regress;
}

/** Milliseconds until the store must hold what the server has: a silent watch over HTTP/1.1 is noticed within 40 s. */
const patience = 90_000;

async function converges(server: FaultyServer, demand: Demand, reader: Reader): Promise<void> {
	const end = performance.now() + patience;
	for (;;) {
		const difference = differenceOf(server, demand, reader);
		if (difference === undefined) {
			return;
		}

		if (performance.now() > end) {
			throw new Error(`the store is not what the server has: ${difference}`);
		}

		await pause(5);
	}
}

function differenceOf(server: FaultyServer, demand: Demand, reader: Reader): string | undefined {
	const snapshot = reader.snapshot(0);
	for (const kind of worldKinds) {
		const places = placesOf(kind, demand, server.state);
		const held = snapshot
			.list(kind)
			.map(({namespace, name, uid, resourceVersion}) => [namespace, name, uid, resourceVersion]);
		const truth = server.world
			.list(kind)
			.filter(() => !isAbsent(kind, server.state))
			.filter(({metadata}) => places === 'all' || places.has(metadata.namespace))
			.map(({metadata: {namespace, name, uid, resourceVersion}}) => [namespace, name, uid, resourceVersion])
			.toSorted(([a, b], [c, d]) => (`${a}/${b}` < `${c}/${d}` ? -1 : 1));
		if (JSON.stringify(held) !== JSON.stringify(truth)) {
			return `${kind}: ${JSON.stringify(held)} instead of ${JSON.stringify(truth)}`;
		}

		const expected = isAbsent(kind, server.state) ? 'absent' : 'synced';
		const unsynced = stateOf(places).filter((place) => snapshot.state(kind, place).state !== expected);
		if (unsynced.length > 0) {
			return `${kind} in '${unsynced[0]}' is ${JSON.stringify(snapshot.state(kind, unsynced[0]))}`;
		}
	}

	return reader.pending() === 0 ? undefined : `${reader.pending()} objects are held back`;
}

/** Where a kind is to be held: a forbidden cluster-wide list is replaced by those of the namespaces that a feed knows. */
function placesOf(
	kind: WorldKind,
	demand: Demand,
	{isForbidden, isInstalled}: FaultyServer['state'],
): 'all' | ReadonlySet<string> {
	const wanted = demand.get(kind);
	if (wanted === undefined || (wanted !== 'all' && wanted.size === 0)) {
		return new Set();
	}

	if (kind === 'Node') {
		return 'all';
	}

	return wanted === 'all' && isForbidden && !isAbsent(kind, {isInstalled})
		? new Set(['shop', 'bank'])
		: wanted;
}

function isAbsent(kind: WorldKind, {isInstalled}: {readonly isInstalled: boolean}): boolean {
	return kind === 'HTTPRoute' && !isInstalled;
}

function stateOf(places: 'all' | ReadonlySet<string>): readonly (string | undefined)[] {
	return places === 'all' ? [undefined] : [...places];
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => (ms === 0 ? setImmediate(resolve) : setTimeout(resolve, ms)));
}
