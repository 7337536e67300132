import {UserError, messageOf} from '../../errors.ts';
import type {Terminal} from './terminal.ts';

/**
Every failure becomes one sentence on stderr and exit code 2. What went wrong with the cluster is put into words by the
layer that knows; anything else is a fault of knet, and its stack is shown only with KNET_DEBUG.
*/
export async function sayError(error: unknown, {say, env}: Terminal): Promise<2> {
	if (error instanceof UserError) {
		say(`error: ${error.message}${error.next ? `\n${error.next}` : ''}\n`);
		return 2;
	}

	const [{describeFailure}, {isClusterError}] = await Promise.all([
		import('../../cluster/transport/describe.ts'),
		import('../../cluster/transport/errors.ts'),
	]);
	if (isClusterError(error)) {
		say(`error: ${describeFailure(error)}\n`);
		return 2;
	}

	const message = messageOf(error);
	say(
		`error: knet has a fault: ${firstLine(message)}\nRun it again with KNET_DEBUG=1 for where, and report it.\n`,
	);
	if (env['KNET_DEBUG'] && error instanceof Error) {
		say(`${error.stack}\n`);
	}

	return 2;
}

// A message may quote what was parsed (JSON.parse does): only its beginning is shown.
function firstLine(message: string): string {
	return (message.split('\n')[0] ?? '').slice(0, 120);
}
