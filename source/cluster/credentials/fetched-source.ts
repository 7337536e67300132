import type {Clock} from '../../clock.ts';
import type {Credential, CredentialSource} from './credential.ts';
import type {Fetched} from './fetched.ts';

/** A fetch that failed is not tried again for this long, in milliseconds: nine watches must not start it nine times. */
const failureHeld = 5000;

/**
Credentials that cost something to fetch: fetched once for all who ask, and again only when the credential expired or was
refused. `fetch` is given what it brought last.
*/
export function fetchedSource(
	fetch: (last: Fetched | undefined) => Promise<Fetched>,
	clock: Clock,
): CredentialSource {
	let held: Fetched | undefined;
	let failed: {readonly error: unknown; readonly until: number} | undefined;
	let running: Promise<Credential> | undefined;

	const run = async (): Promise<Credential> => {
		if (failed && clock.elapsed() < failed.until) {
			throw failed.error;
		}

		try {
			held = await fetch(held);
			failed = undefined;
			return held.credential;
		} catch (error) {
			failed = {error, until: clock.elapsed() + failureHeld};
			throw error;
		}
	};
	const runOnce = async (): Promise<Credential> => {
		running ??= run().finally(() => {
			running = undefined;
		});
		return running;
	};

	return {
		async current() {
			return held && clock.now() < held.expiresAt ? held.credential : runOnce();
		},
		async renew(refused) {
			return held && held.credential !== refused ? held.credential : runOnce();
		},
	};
}
