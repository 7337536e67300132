import {onTestFinished} from 'vitest';
import {relayTo as openRelay, type Relay} from '../../helpers/relay.ts';

/** A relay that the test closes. */
export async function relayTo(server: {readonly url: string; readonly port: number}): Promise<Relay> {
	const relay = await openRelay(server);
	onTestFinished(() => relay.close());
	return relay;
}
