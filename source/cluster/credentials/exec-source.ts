import type {Clock} from '../../clock.ts';
import type {ClusterEntry, ExecConfig} from '../kubeconfig/kubeconfig.ts';
import type {Environment} from '../kubeconfig/load.ts';
import type {Credential, CredentialSource} from './credential.ts';
import {verifyPluginAllowed} from './exec-policy.ts';
import {runPlugin} from './exec-plugin.ts';
import type {Fetched} from './fetched.ts';

/** What a plugin finds around it. */
export type ExecEnvironment = {
	readonly env: Environment;
	/** The first run may ask on the terminal, where the plugin's mode allows. */
	readonly interactive: boolean;
	/** The terminal is taken: no run may print on it. */
	readonly quiet: boolean;
	readonly clock: Clock;
	/** Milliseconds for a run; its own limits when absent. */
	readonly timeout?: number;
	/** Ends a run: the connection was closed. */
	readonly signal?: AbortSignal;
};

/** A plugin that failed is not asked again for this long, in milliseconds: nine watches must not start it nine times. */
const failureHeld = 5000;

/**
Credentials from an exec plugin: run once for all who ask, and again only when the credential expired or was refused.
The first run has the terminal; later ones come while a screen may be open, and are quiet.
*/
export function execSource(
	exec: ExecConfig,
	cluster: ClusterEntry,
	environment: ExecEnvironment,
): CredentialSource {
	const {clock} = environment;
	let held: Fetched | undefined;
	let failed: {readonly error: unknown; readonly until: number} | undefined;
	let running: Promise<Credential> | undefined;

	const run = async (): Promise<Credential> => {
		if (failed && clock.elapsed() < failed.until) {
			throw failed.error;
		}

		try {
			await verifyPluginAllowed(exec, environment.env);
			const isFirst = held === undefined;
			held = await runPlugin(exec, cluster, {...environment, quiet: environment.quiet || !isFirst});
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
