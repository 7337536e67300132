import {describe, expect, it} from 'vitest';
import type {Connection} from '../../source/cluster/connection.ts';
import {resourceOf} from '../../source/cluster/kinds.ts';
import {createApiSurface} from '../../source/cluster/list-watch/api-surface.ts';
import {unusedConnection} from './helpers/fake-api.ts';
import {createFakeClock} from './helpers/fake-clock.ts';

const gateways = resourceOf('Gateway');

function surfaceOn(request: Connection['request'], signal?: AbortSignal) {
	return createApiSurface({...unusedConnection, request}, createFakeClock(), signal);
}

describe('discovery', () => {
	it('that does not end is given up on, and every API of the table is tried', async () => {
		let sent = 0;
		let isLeft = false;
		const surface = surfaceOn(async () => ({
			status: 200,
			headers: {},
			body: (async function* () {
				try {
					for (;;) {
						sent += 1024 * 1024;
						yield new Uint8Array(1024 * 1024);
					}
				} finally {
					isLeft = true;
				}
			})(),
		}));
		expect(await surface.locate(gateways)).toEqual(gateways.apis);
		expect(isLeft).toBe(true);
		expect(sent).toBeLessThan(64 * 1024 * 1024);
	});

	it('has a time limit, and ends with the feed', async () => {
		const stopping = new AbortController();
		const surface = surfaceOn(
			async ({timeout, signal}) =>
				new Promise((_, reject) => {
					expect(timeout).toBe(10_000);
					signal?.addEventListener('abort', () => reject(new Error('stopped')));
				}),
			stopping.signal,
		);
		const located = surface.locate(gateways);
		stopping.abort();
		expect(await located).toEqual(gateways.apis);
	});
});
