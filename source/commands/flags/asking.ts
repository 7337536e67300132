import {UserError} from '../../errors.ts';
import {isToken, parsePair} from '../../path/pair-text.ts';
import {parseSource} from '../../path/target-text.ts';
import type {Flags} from './flags.ts';
import type {RequestedSource, TraceOptions} from '../../model/request.ts';
import type {Parsed} from '../../path/target-forms.ts';

/** How the flags want requests to be made. Rejects with `UserError`. */
export function traceOptionsOf({from, method, header, query}: Flags, namespace: string): TraceOptions {
	if (method !== undefined && !isToken(method)) {
		throw new UserError(`--method ${method} is no HTTP method.`, 'Give one word, such as GET or POST.');
	}

	return {
		from: from === undefined ? undefined : accepted(parseSource(from, namespace), '--from '),
		request: {
			method,
			headers: header?.map((text) => accepted(parsePair(text, 'header'), '--header ')),
			query: query?.map((text) => accepted(parsePair(text, 'query'), '--query ')),
		},
	};
}

/** `--from`. A name without a namespace is looked for in the namespace of the source, such as that of the context. */
export function requestedSource(
	{from}: Flags,
	{namespace}: {readonly namespace: string},
): RequestedSource | undefined {
	return from === undefined ? undefined : accepted(parseSource(from, namespace), '--from ');
}

/** Refuses a `--from` that cannot be read before a cluster is asked. */
export function checkSource(flags: Flags): void {
	requestedSource(flags, {namespace: ''});
}

/** What was read, or a sentence about what was wrong with it. `flag`: where it stood, with a space behind. */
export function accepted<T>(parsed: Parsed<T>, flag = ''): T {
	if ('problem' in parsed) {
		throw new UserError(`${flag}${parsed.problem}.`, parsed.next);
	}

	return parsed.value;
}
