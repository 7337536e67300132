import type {Clock} from '../../clock.ts';
import type {ClusterEntry, ExecConfig} from '../kubeconfig/kubeconfig.ts';
import type {Environment} from '../kubeconfig/load.ts';
import type {CredentialSource} from './credential.ts';
import {verifyPluginAllowed} from './exec-policy.ts';
import {runPlugin} from './exec-plugin.ts';
import {fetchedSource} from './fetched-source.ts';

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

/** Credentials from an exec plugin. The first run has the terminal; later ones come while a screen may be open, and are quiet. */
export function execSource(
	exec: ExecConfig,
	cluster: ClusterEntry,
	environment: ExecEnvironment,
): CredentialSource {
	return fetchedSource(async (last) => {
		await verifyPluginAllowed(exec, environment.env);
		return runPlugin(exec, cluster, {...environment, quiet: environment.quiet || last !== undefined});
	}, environment.clock);
}
