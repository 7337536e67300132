import {createRing} from '../../history/ring.ts';
import {safe} from '../../model/safe-text/safe.ts';
import {systemClock} from '../../clock.ts';
import {openingReads} from '../../session/demand.ts';
import {evaluateOnce} from '../../session/once.ts';
import {within} from '../../view/report/brief.ts';
import type {Flags} from '../flags/flags.ts';
import {openSource, type OpenSource} from '../data-source/source.ts';
import {timeoutOf} from '../flags/timeout.ts';

/** What has changed in the cluster since it was first asked. */
export type Changes = {
	/** `full`: every change, as JSON. */
	tell(full: boolean): Promise<string>;
	close(): Promise<void>;
};

type Watch = {
	readonly source: OpenSource;
	readonly ring: ReturnType<typeof createRing>;
	readonly since: number;
};

/** Changes are seen from the first question on: then the lists are opened and watched. */
export function createChanges(flags: Flags): Changes {
	let watching: Promise<Watch> | undefined;
	return {
		async tell(full) {
			const isFirst = watching === undefined;
			watching ??= watch(flags);
			const {source, ring, since} = await watching.catch((error: unknown) => {
				// The next question may find the cluster.
				watching = undefined;
				throw error;
			});
			ring.take(source.reader.snapshot(Date.now()));
			const told = ring.changes.filter(({kind}) => kind !== 'Event').toReversed();
			if (full) {
				return JSON.stringify(told, undefined, 2);
			}

			const seconds = Math.round((Date.now() - since) / 1000);
			return within([
				isFirst
					? 'Watching from now on: ask again for what changed since.'
					: `${told.length} changes in ${seconds} s`,
				...told.map(
					({at, kind, namespace, name, type, fields}) =>
						`${new Date(at).toISOString().slice(11, 19)} ${type} ${kind} ${safe(namespace ? `${namespace}/${name}` : name)}${fields.map(({path, was, is}) => `; ${path}: ${was ?? 'none'} → ${is ?? 'none'}`).join('')}`,
				),
			]);
		},
		async close() {
			await (await watching?.catch(() => undefined))?.source.close();
		},
	};
}

async function watch(flags: Flags): Promise<Watch> {
	const source = await openSource(flags);
	const scope = flags.allNamespaces ? '*' : (flags.namespace ?? source.namespace);
	const opening = openingReads(scope, ['Pod', 'EndpointSlice', 'Ingress', 'Service', 'Deployment']);
	await evaluateOnce({...source, clock: systemClock, timeout: timeoutOf(flags), opening}, () => undefined);
	const since = Date.now();
	const ring = createRing(since);
	ring.take(source.reader.snapshot(since));
	source.reader.subscribe(({objects}) => ring.note(objects, Date.now()));
	return {source, ring, since};
}
