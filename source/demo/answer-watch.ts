import {systemClock} from '../clock.ts';
import type {ServerResponse} from 'node:http';
import {objectsOf} from './answer-list.ts';
import type {ListRequest} from './parse-request.ts';
import type {Change, World, WorldObject} from './world.ts';

/** Streams changes as lines of JSON, with bookmarks, until the client goes or the time asked for is over. */
export function answerWatch(world: World, requested: ListRequest, response: ServerResponse): void {
	response.writeHead(200, {'content-type': 'application/json', 'transfer-encoding': 'chunked'});
	response.flushHeaders();
	const send = (type: string, object: unknown): void =>
		void response.write(`${JSON.stringify({type, object})}\n`);
	const missed = requested.sendInitialEvents
		? []
		: world.since(Number(requested.resourceVersion) || world.version());
	if (!missed) {
		send('ERROR', {
			kind: 'Status',
			apiVersion: 'v1',
			status: 'Failure',
			reason: 'Expired',
			code: 410,
			message: `too old resource version: ${requested.resourceVersion}`,
		});
		response.end();
		return;
	}

	if (requested.sendInitialEvents) {
		objectsOf(world, requested).forEach((object) => send('ADDED', object));
		send('BOOKMARK', bookmark(requested, world.version(), {'k8s.io/initial-events-end': 'true'}));
	}

	missed.forEach((change) => tell(requested, change, send));
	keepTelling(world, requested, {response, send});
}

type Stream = {readonly response: ServerResponse; readonly send: (type: string, object: unknown) => void};

/** Bookmarks come about every minute (KEP-956). */
const bookmarkEvery = 60_000;

function keepTelling(world: World, requested: ListRequest, {response, send}: Stream): void {
	const unsubscribe = world.subscribe((change) => tell(requested, change, send));
	const marking = requested.bookmarks
		? setInterval(() => send('BOOKMARK', bookmark(requested, world.version(), {})), bookmarkEvery)
		: undefined;
	const cancelEnd = systemClock.after(requested.timeout || Infinity, () => response.end());
	response.on('close', () => {
		unsubscribe();
		clearInterval(marking);
		cancelEnd();
	});
}

/** An object that comes to match is ADDED to a watch with a selector, one that ceases to is DELETED. */
function tell(requested: ListRequest, {type, object, before}: Change, send: Stream['send']): void {
	const was = before !== undefined && requested.matches(before);
	const is = type !== 'DELETED' && requested.matches(object);
	if (is) {
		send(was ? 'MODIFIED' : 'ADDED', object);
	} else if (was) {
		send('DELETED', object);
	}
}

function bookmark(
	{kind, apiVersion}: ListRequest,
	version: number,
	annotations: Readonly<Record<string, string>>,
): Pick<WorldObject, 'kind' | 'apiVersion'> {
	return {
		kind,
		apiVersion,
		metadata: {resourceVersion: String(version), creationTimestamp: null, annotations},
	} as Pick<WorldObject, 'kind' | 'apiVersion'>;
}
