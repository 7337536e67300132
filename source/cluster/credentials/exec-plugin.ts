import {spawn} from 'node:child_process';
import {isatty} from 'node:tty';
import type {Clock} from '../../clock.ts';
import {execInfo} from './exec-info.ts';
import {readExecCredential} from './exec-credential.ts';
import type {Fetched} from './fetched.ts';
import type {ClusterEntry, ExecConfig} from '../kubeconfig/kubeconfig.ts';
import type {Environment} from '../kubeconfig/load.ts';
import {interactiveModeOf} from '../kubeconfig/verify.ts';
import {AuthError} from '../transport/errors.ts';

export type PluginRun = {
	readonly env: Environment;
	readonly interactive: boolean;
	readonly quiet: boolean;
	readonly clock: Clock;
	/** Milliseconds for a run; its own limits when absent. */
	readonly timeout?: number;
	/** Ends a run: nobody waits for it any more. */
	readonly signal?: AbortSignal;
};

/** Milliseconds for a run. A person who logs in with a browser needs longer than a program. */
const personTimeout = 10 * 60_000;
const programTimeout = 60_000;

/** Bytes of a credential. Tokens and certificates are a few kilobytes. */
const maximumOutput = 1024 * 1024;

/** Runs an exec plugin (client.authentication.k8s.io) and reads its credential. Rejects with `AuthError`. */
export async function runPlugin(exec: ExecConfig, cluster: ClusterEntry, run: PluginRun): Promise<Fetched> {
	const hasInput = decideInput(exec, run.interactive && !run.quiet);
	const output = await outputOf(exec, {
		hasInput,
		hasTerminal: !run.quiet,
		timeout: run.timeout ?? (run.quiet ? programTimeout : personTimeout),
		clock: run.clock,
		signal: run.signal,
		env: {
			...run.env,
			...Object.fromEntries(exec.env.map(({name, value}) => [name, value])),
			KUBERNETES_EXEC_INFO: await execInfo(exec, cluster, hasInput),
		},
	});
	return readExecCredential(output, exec, run.clock.now());
}

/** Whether the plugin gets our standard input (client-go isInteractive). */
function decideInput(exec: ExecConfig, interactive: boolean): boolean {
	const mode = interactiveModeOf(exec);
	const available = interactive && isatty(0);
	if (mode === 'Always' && !available) {
		throw new AuthError(
			`the exec plugin ${exec.command} must ask on a terminal, and none is free`,
			'log in first: run any kubectl command with this context, or start knet again',
		);
	}

	return mode !== 'Never' && available;
}

type Launch = {
	readonly hasInput: boolean;
	readonly hasTerminal: boolean;
	readonly env: Environment;
	readonly timeout: number;
	readonly clock: Clock;
	readonly signal?: AbortSignal;
};

async function outputOf(exec: ExecConfig, launch: Launch): Promise<string> {
	const {timeout, clock, signal} = launch;
	return new Promise((resolve, reject) => {
		const child = spawn(exec.command, exec.args, {
			env: launch.env,
			stdio: [launch.hasInput ? 'inherit' : 'ignore', 'pipe', launch.hasTerminal ? 'inherit' : 'ignore'],
			windowsHide: true,
		});
		let output = '';
		const giveUp = (problem: string): void => {
			settle();
			child.kill('SIGKILL');
			child.stdout?.destroy();
			reject(new AuthError(`the exec plugin ${exec.command} ${problem}`));
		};
		const abort = (): void => giveUp('was ended before it gave a credential');
		const cancel = clock.after(timeout, () => giveUp(`gave no credential within ${timeout / 1000} s`));
		const settle = (): void => {
			cancel();
			signal?.removeEventListener('abort', abort);
		};
		signal?.addEventListener('abort', abort);
		child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			if (output.length > maximumOutput) {
				giveUp('printed more than 1 MiB, which is no credential');
			}
		});
		child.once('error', (error) => {
			settle();
			reject(notStarted(exec, error));
		});
		child.once('close', (code, killedBy) => {
			settle();
			if (code === 0) {
				resolve(output);
			} else {
				reject(ended(exec, {code, killedBy, launch}));
			}
		});
	});
}

function notStarted(exec: ExecConfig, error: Error): AuthError {
	const code = 'code' in error ? String(error.code) : 'unknown';
	return code === 'ENOENT'
		? new AuthError(`the exec plugin ${exec.command} is not installed`, installHint(exec))
		: new AuthError(`the exec plugin ${exec.command} cannot be started (${code})`, installHint(exec));
}

/** The hint is text of the kubeconfig: control characters would reach the terminal (client-go cleanANSIEscapeCodes). */
function installHint(exec: ExecConfig): string | undefined {
	return exec.installHint?.replaceAll(/[^\P{C}\n\t]/gu, (character) => {
		const point = character.codePointAt(0) ?? 0;
		return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
	});
}

type End = {readonly code: number | null; readonly killedBy: string | null; readonly launch: Launch};

function ended(exec: ExecConfig, {code, killedBy, launch}: End): AuthError {
	const how = code === null ? `was ended by ${killedBy ?? 'a signal'}` : `failed with exit code ${code}`;
	return new AuthError(
		`the exec plugin ${exec.command} ${how}`,
		launch.hasTerminal ? undefined : 'log in again: run any kubectl command with this context',
	);
}
