import {systemClock} from '../../clock.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {evaluateOnce, type OnceOptions} from '../../session/once.ts';
import type {Flags} from '../flags/flags.ts';
import {openSource, type OpenSource} from './source.ts';
import type {Terminal} from '../output/terminal.ts';
import {credentialTimeoutOf, timeoutOf} from '../flags/timeout.ts';

/** Opens what the flags name, says which documents were left out, and closes it after its use. */
export async function withSource<T>(
	flags: Flags,
	terminal: Terminal,
	use: (source: OpenSource) => Promise<T>,
	open: (flags: Flags, terminal: Terminal) => Promise<OpenSource> = openNamed,
): Promise<T> {
	const source = await open(flags, terminal);
	[...(source.faults ?? []), ...(source.notes ?? [])].forEach((text) => terminal.say(text));
	try {
		return await use(source);
	} finally {
		await source.close();
	}
}

async function openNamed(flags: Flags, {config}: Terminal): Promise<OpenSource> {
	return openSource(flags, {credentialTimeout: credentialTimeoutOf(flags), namespace: config?.namespace});
}

/** Evaluates once, within `--request-timeout`. */
export async function evaluateFrom<T>(
	source: OpenSource,
	{flags, ...how}: {readonly flags: Flags} & Pick<OnceOptions, 'opening' | 'sample'>,
	evaluate: (snapshot: Snapshot) => T,
): Promise<T> {
	return evaluateOnce({...source, clock: systemClock, timeout: timeoutOf(flags), ...how}, evaluate);
}
