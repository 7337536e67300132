import {connect, createServer, type AddressInfo, type Socket} from 'node:net';

/** A TCP relay in front of a server that can forget its flows as a load balancer does: silently, connections kept. */
export type Relay = {
	readonly url: string;
	/** From now on nothing passes in either direction on the connections there are; new ones work. */
	forget(): void;
	/** Nothing passes on new connections either. */
	blackhole(): void;
	/** Resets the connections there are. */
	reset(): void;
	close(): Promise<void>;
};

export async function relayTo(server: {readonly url: string; readonly port: number}): Promise<Relay> {
	const pairs = new Set<readonly [Socket, Socket]>();
	let isBlack = false;
	const relay = createServer((near) => {
		const far = connect(server.port, '127.0.0.1');
		const pair = [near, far] as const;
		pairs.add(pair);
		near.on('close', () => {
			pairs.delete(pair);
			far.destroy();
		});
		far.on('close', () => near.destroySoon());
		near.on('error', () => far.destroy());
		far.on('error', () => near.destroy());
		if (!isBlack) {
			near.pipe(far);
			far.pipe(near);
		}
	});
	const cut = (): void => {
		for (const [near, far] of pairs) {
			near.unpipe(far);
			far.unpipe(near);
			// Read on, so that a closed connection is seen closed; what comes is lost.
			near.resume();
			far.resume();
		}
	};
	await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
	const {port} = relay.address() as AddressInfo;
	return {
		url: server.url.replace(/:\d+$/, `:${port}`),
		forget: cut,
		blackhole() {
			isBlack = true;
			cut();
		},
		reset() {
			for (const [near, far] of pairs) {
				near.resetAndDestroy();
				far.destroy();
			}

			pairs.clear();
		},
		async close() {
			for (const pair of pairs) {
				pair.forEach((socket) => socket.destroy());
			}

			await new Promise((resolve) => relay.close(resolve));
		},
	};
}
