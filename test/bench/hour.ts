import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {connect} from '../../source/cluster/connect.ts';
import {createLiveFeed} from '../../source/feeds/live.ts';
import {createStore} from '../../source/store/store.ts';
import {createRandom} from '../cluster-feed/helpers/random.ts';
import {startServer} from '../schedules/server.ts';
import {worldKinds} from '../schedules/world.ts';
import type {Line} from './figures.ts';

/** So much faster goes the clock of the feed. */
const haste = 120;
const minute = 60_000 / haste;

/** An hour over TLS, as a quiet server makes it: bookmarks each minute, changes, and watches that end within ten minutes. */
export async function hourLines(): Promise<readonly Line[]> {
	const server = await startServer({
		die: createRandom(7),
		isHttp2: true,
		hasProtobuf: true,
		watchList: 'yes',
	});
	server.state.isFaulty = false;
	const folder = await mkdtemp(join(tmpdir(), 'knet-bench-'));
	const runs = join(folder, 'runs');
	const connection = await connect({
		kubeconfig: await kubeconfig(folder, runs, server.url),
		env: process.env,
	});
	const {writer, reader} = createStore();
	const feed = createLiveFeed({
		connection,
		writer,
		clock: {
			now: () => Date.now(),
			elapsed: () => performance.now() * haste,
			after(ms, callback) {
				const timer = setTimeout(callback, ms / haste);
				return () => clearTimeout(timer);
			},
		},
	});
	feed.want(new Map(worldKinds.map((kind) => [kind, 'all'])));
	const syncedKinds = (): number =>
		worldKinds.filter((kind) => reader.snapshot(0).state(kind).state === 'synced').length;
	while (syncedKinds() < worldKinds.length) {
		await wait(minute);
	}

	const before = {...feed.counters};
	for (let each = 0; each < 60; each++) {
		server.world.put('Service', 'shop', `object-${each % 5}`);
		await wait(minute);
		server.bookmarks();
		if (each % 8 === 7) {
			server.endWatches();
		}
	}

	const synced = syncedKinds();
	const lists = feed.counters.lists - before.lists;
	const watches = feed.counters.watches - before.watches;
	await feed.stop();
	await connection.close();
	const plugins = (await readFile(runs, 'utf8')).length;
	const {handshakes} = server.state;
	await server.stop();
	await rm(folder, {recursive: true});
	const whole = (value: number) =>
		synced === worldKinds.length
			? {value}
			: {why: `${synced} of ${worldKinds.length} kinds were synced at the end`};
	return [
		{name: 'TLS handshakes in an hour', goal: 10, unit: 'handshakes', value: whole(handshakes)},
		{name: 'runs of the exec plugin in an hour', goal: 1, unit: 'runs', value: whole(plugins)},
		{name: 'lists in an hour, after the first', goal: 0, unit: 'lists', value: whole(lists)},
		{
			name: 'watches opened in an hour, of each kind',
			goal: 12,
			unit: 'watches',
			value: whole(watches / worldKinds.length),
		},
	];
}

/** A user whose plugin leaves a mark for each of its runs. */
async function kubeconfig(folder: string, runs: string, server: string): Promise<string> {
	const credential = {
		apiVersion: 'client.authentication.k8s.io/v1',
		kind: 'ExecCredential',
		status: {token: 'token-1'},
	};
	const file = join(folder, 'config');
	const exec = {
		apiVersion: credential.apiVersion,
		command: '/bin/sh',
		args: ['-c', `printf x >> '${runs}'; echo '${JSON.stringify(credential)}'`],
		interactiveMode: 'Never',
	};
	await writeFile(
		file,
		JSON.stringify({
			clusters: [{name: 'c', cluster: {server, 'insecure-skip-tls-verify': true}}],
			users: [{name: 'u', user: {exec}}],
			contexts: [{name: 'x', context: {cluster: 'c', user: 'u'}}],
			'current-context': 'x',
		}),
	);
	return file;
}
