import type {Clock} from '../../clock.ts';
import type {ClusterEntry, ExecConfig} from '../kubeconfig/kubeconfig.ts';
import type {Environment} from '../kubeconfig/files.ts';
import type {CredentialSource} from './credential.ts';
import {verifyPluginAllowed} from './exec-policy.ts';
import {canAsk, runPlugin} from './exec-plugin.ts';
import type {Fetched} from './fetched.ts';
import {fetchedSource} from './fetched-source.ts';
import type {SharedScreen} from './shared-screen.ts';
import {interactiveModeOf} from '../kubeconfig/verify.ts';
import {safe} from '../../model/safe-text/safe.ts';

/** What a plugin finds around it. */
export type ExecEnvironment = {
	readonly env: Environment;
	/** The first run may ask on the terminal, where the plugin's mode allows. */
	readonly interactive: boolean;
	/** Absent: the terminal is this process's own. */
	readonly screen?: SharedScreen;
	readonly clock: Clock;
	/** Milliseconds for a run; its own limits when absent. */
	readonly timeout?: number;
	/** Ends a run: the connection was closed. */
	readonly signal?: AbortSignal;
};

/**
Credentials from an exec plugin. The first run has the terminal; one that comes while a screen is open borrows it if it may
ask. Later runs are quiet, since tokens expire every few minutes: only a plugin that always asks, or that failed without
asking, borrows the terminal again, and not twice in a row for nothing.
*/
export function execSource(
	exec: ExecConfig,
	cluster: ClusterEntry,
	environment: ExecEnvironment,
): CredentialSource {
	const {screen, interactive} = environment;
	let wasInVain = false;
	const run = (hasTerminal: boolean): Promise<Fetched> =>
		runPlugin(exec, cluster, {...environment, hasTerminal, note: noteOf(exec, screen)});
	const ask = async (lend: SharedScreen['lend']): Promise<Fetched> => {
		wasInVain = true;
		const fetched = await lend(() => run(true));
		wasInVain = false;
		return fetched;
	};

	return fetchedSource(async (last) => {
		await verifyPluginAllowed(exec, environment.env);
		if (last === undefined && !screen?.isOpen) {
			return run(true);
		}

		if (!screen || wasInVain || !canAsk(exec, interactive)) {
			return run(false);
		}

		if (last === undefined || interactiveModeOf(exec) === 'Always') {
			return ask(screen.lend);
		}

		return run(false).catch(() => ask(screen.lend));
	}, environment.clock);
}

function noteOf({command}: ExecConfig, screen: SharedScreen | undefined): (text: string) => void {
	return (text) => screen?.note(`${safe(command)}: ${text}`);
}
