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
	/** Milliseconds since the epoch. */
	readonly now: () => number;
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
	let held: Fetched | undefined;
	let failed: {readonly error: unknown; readonly until: number} | undefined;
	let running: Promise<Credential> | undefined;

	const run = async (): Promise<Credential> => {
		if (failed && environment.now() < failed.until) {
			throw failed.error;
		}

		try {
			await verifyPluginAllowed(exec, environment.env);
			const isFirst = held === undefined;
			held = await runPlugin(exec, cluster, {...environment, quiet: environment.quiet || !isFirst});
			failed = undefined;
			return held.credential;
		} catch (error) {
			failed = {error, until: environment.now() + failureHeld};
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
			return held && environment.now() < held.expiresAt ? held.credential : runOnce();
		},
		async renew(refused) {
			return held && held.credential !== refused ? held.credential : runOnce();
		},
	};
}
