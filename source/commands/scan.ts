import {systemClock} from '../clock.ts';
import {command} from '../model/command.ts';
import {UserError} from '../errors.ts';
import {openingReads} from '../session/demand.ts';
import {evaluateOnce} from '../session/once.ts';
import {createScanner} from '../path/walk/scan.ts';
import {traceOptionsOf} from './asking.ts';
import {scanExitCode} from './exit-code.ts';
import type {FailOn, Flags} from './flags.ts';
import {metadataOf} from './metadata.ts';
import {credentialTimeoutOf, timeoutOf} from './timeout.ts';
import {scanText} from './printer.ts';
import {openSource} from './source.ts';
import type {Terminal} from './terminal.ts';
import {verifyNamespace, verifySource} from './verify-found.ts';

/** `knet scan`: every entry of the namespace (-A: of all), worst first. Resolves to the exit code. */
export async function scan(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	if (words.length > 0) {
		throw new UserError(
			`knet scan takes no ${words[0]}.`,
			`For one target: ${command('knet', 'trace', words[0])}.`,
		);
	}

	if (flags.probe) {
		throw new UserError(
			'knet scan does not probe: it would send requests to every entry.',
			'For one target: knet trace TARGET --probe.',
		);
	}

	const {from} = traceOptionsOf({from: flags.from}, flags.namespace ?? 'default');
	const source = await openSource(flags, {
		credentialTimeout: credentialTimeoutOf(flags),
		namespace: terminal.config?.namespace,
	});
	source.faults?.forEach((text) => terminal.say(text));
	try {
		const everywhere =
			flags.allNamespaces === true || (source.source === 'file' && flags.namespace === undefined);
		const namespace = everywhere ? undefined : (flags.namespace ?? source.namespace);
		const result = await evaluateOnce(
			{...source, clock: systemClock, timeout: timeoutOf(flags), opening: openingReads(namespace ?? '*')},
			createScanner(namespace, from),
		);
		verifySource(from, source);
		if (result.paths.length === 0) {
			verifyNamespace(namespace, source);
		}

		terminal.print(
			await scanText({...result, namespace}, {flags, metadata: metadataOf(source), ...terminal}),
		);
		return scanExitCode(result, (flags.failOn as FailOn | undefined) ?? 'error');
	} finally {
		await source.close();
	}
}
