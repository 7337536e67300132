import type {Snapshot} from '../../model/snapshot.ts';
import {parseTarget} from '../../path/target-text.ts';
import {walk} from '../../path/walk/walk.ts';
import type {Listener} from './listener.ts';

/** What a simulated server answers to a request. */
export function httpReply(
	listener: Extract<Listener, {speaks: 'http'}>,
	snapshot: Snapshot,
	{host, urlPath}: {readonly host: string; readonly urlPath: string},
): {readonly status: number; readonly server: string} {
	return listener.server === 'controller'
		? {status: routed(snapshot, host, urlPath), server: 'traefik'}
		: {status: listener.ready ? 200 : 500, server: 'shop'};
}

/** The controller follows the rules that the walk knows, and answers itself where none takes the request. */
function routed(snapshot: Snapshot, host: string, urlPath: string): number {
	const target = parseTarget(`http://${host}${urlPath}`);
	if ('problem' in target) {
		return 404;
	}

	const {paths} = walk(snapshot, {target: target.value});
	const codes = paths.map(({symptom, verdict}) =>
		verdict === 'broken' ? Number(/^http-(\d+)$/u.exec(symptom ?? '')?.[1] ?? 404) : 200,
	);
	return Math.max(...codes, codes.length === 0 ? 404 : 0);
}
