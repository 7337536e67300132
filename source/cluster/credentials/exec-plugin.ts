import {spawn, type ChildProcess} from 'node:child_process';
import {isatty} from 'node:tty';
import type {Clock} from '../../clock.ts';
import {execInfo} from './exec-info.ts';
import {readExecCredential} from './exec-credential.ts';
import type {Fetched} from './fetched.ts';
import {createLastWords} from './last-words.ts';
import type {ClusterEntry, ExecConfig} from '../kubeconfig/kubeconfig.ts';
import type {Environment} from '../kubeconfig/files.ts';
import {interactiveModeOf} from '../kubeconfig/verify.ts';
import {AuthError} from '../transport/errors.ts';

type PluginRun = {
	readonly env: Environment;
	/** It may ask on standard input, where its mode allows and that is a terminal. */
	readonly interactive: boolean;
	/** It may print on the terminal. */
	readonly hasTerminal: boolean;
	/** Told what it prints where it may not print on the terminal. */
	readonly note?: (text: string) => void;
	readonly clock: Clock;
	/** Milliseconds for a run; its own limits when absent. */
	readonly timeout?: number;
	/** Ends a run: nobody waits for it any more. */
	readonly signal?: AbortSignal;
};

/** Milliseconds for a run. A person who logs in with a browser needs longer than a program. */
const personTimeout = 10 * 60_000;
const programTimeout = 60_000;

/** The shortest time between two reports of what a plugin prints. Milliseconds. */
const calm = 1000;

/** Bytes of a credential. Tokens and certificates are a few kilobytes. */
const maximumOutput = 1024 * 1024;

/** Runs an exec plugin (client.authentication.k8s.io) and reads its credential. Rejects with `AuthError`. */
export async function runPlugin(exec: ExecConfig, cluster: ClusterEntry, run: PluginRun): Promise<Fetched> {
	const hasInput = decideInput(exec, run.interactive && run.hasTerminal);
	const output = await outputOf(exec, {
		hasInput,
		hasTerminal: run.hasTerminal,
		note: run.note,
		timeout: run.timeout ?? (run.hasTerminal ? personTimeout : programTimeout),
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
	const available = canAsk(exec, interactive);
	if (interactiveModeOf(exec) === 'Always' && !available) {
		throw new AuthError(
			`the exec plugin ${exec.command} must ask on a terminal, and none is free`,
			'log in first: run any kubectl command with this context, or start knet again',
		);
	}

	return available;
}

/** Whether a plugin may ask, and there is somebody to answer. */
export function canAsk(exec: ExecConfig, interactive: boolean): boolean {
	return interactive && interactiveModeOf(exec) !== 'Never' && isatty(0);
}

type Launch = {
	readonly hasInput: boolean;
	readonly hasTerminal: boolean;
	readonly note?: (text: string) => void;
	readonly env: Environment;
	readonly timeout: number;
	readonly clock: Clock;
	readonly signal?: AbortSignal;
};

async function outputOf(exec: ExecConfig, launch: Launch): Promise<string> {
	const {timeout, clock, signal} = launch;
	return new Promise((resolve, reject) => {
		const child = start(exec, launch);
		const lastWords = listen(child, launch);
		let output = '';
		const giveUp = (problem: string): void => {
			settle();
			child.kill('SIGKILL');
			child.stdout?.destroy();
			child.stderr?.destroy();
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
				reject(ended(exec, {code, killedBy, launch, said: lastWords.line()}));
			}
		});
	});
}

function start(exec: ExecConfig, {env, hasInput, hasTerminal}: Launch): ChildProcess {
	return spawn(exec.command, exec.args, {
		env,
		stdio: [hasInput ? 'inherit' : 'ignore', 'pipe', hasTerminal ? 'inherit' : 'pipe'],
		windowsHide: true,
	});
}

/** What the plugin says on stderr: shown now and then, and kept for the case that it fails. */
function listen({stderr}: ChildProcess, {clock, note}: Launch): ReturnType<typeof createLastWords> {
	const lastWords = createLastWords();
	let notedAt = Number.NEGATIVE_INFINITY;
	stderr?.setEncoding('utf8').on('data', (text: string) => {
		lastWords.add(text);
		if (clock.elapsed() - notedAt >= calm) {
			notedAt = clock.elapsed();
			note?.(lastWords.line());
		}
	});
	return lastWords;
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

type End = {
	readonly code: number | null;
	readonly killedBy: string | null;
	readonly launch: Launch;
	readonly said: string;
};

function ended(exec: ExecConfig, {code, killedBy, launch, said}: End): AuthError {
	const how = code === null ? `was ended by ${killedBy ?? 'a signal'}` : `failed with exit code ${code}`;
	return new AuthError(
		`the exec plugin ${exec.command} ${how}${said === '' ? '' : `: ${said}`}`,
		launch.hasTerminal ? undefined : 'log in again: run any kubectl command with this context',
	);
}
