import {UserError} from '../errors.ts';
import {compareUrl, type Comparison} from '../path/walk/compare-url.ts';
import {parseTarget} from '../path/target-text.ts';
import type {RequestedSource, Source} from '../model/request.ts';
import type {UrlTarget} from '../path/target.ts';
import {openingReads} from '../session/demand.ts';
import {accepted, requestedSource, traceOptionsOf} from './flags/asking.ts';
import type {Flags} from './flags/flags.ts';
import {metadataOf} from './output/metadata.ts';
import {comparisonText} from './output/printer.ts';
import type {Terminal} from './output/terminal.ts';
import {verifySource} from './flags/verify-found.ts';
import {evaluateFrom, withSource} from './data-source/with-source.ts';

/** `knet compare URL`: what each frontend of a URL answers, side by side. Resolves to the exit code. */
export async function compare(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	const target = urlOf(words, flags);
	onePlace(requestedSource(flags, {namespace: ''}));
	return withSource(flags, terminal, async (source) => {
		const from = onePlace(requestedSource(flags, source));
		const opening = openingReads(flags.namespace, ['Pod', 'Event']);
		const comparison = await evaluateFrom(source, {flags, opening}, (snapshot) =>
			compareUrl(snapshot, {target, from, namespace: flags.namespace}),
		);
		verifySource(from, source);
		terminal.print(await comparisonText(comparison, {flags, metadata: metadataOf(source), ...terminal}));
		return exitCodes[comparison.result];
	});
}

function onePlace(from: RequestedSource | undefined): Source | undefined {
	if (from && from.kind !== 'external' && from.kind !== 'pod' && from.kind !== 'node') {
		throw new UserError('knet compare asks from one place.', 'Give --from external, a pod or a node.');
	}

	return from;
}

const exitCodes: Readonly<Record<Comparison['result'], number>> = {
	same: 0,
	differs: 1,
	// There is nothing to compare: who moves from one frontend to another must not take this for agreement.
	'one-front': 2,
	'no-front': 2,
	unknown: 2,
};

function urlOf(words: readonly string[], flags: Flags): UrlTarget {
	const [text] = words;
	const example = 'For example: knet compare https://app.example.com/api.';
	if (text === undefined || text.trim() === '') {
		throw new UserError('knet compare needs a URL.', example);
	}

	const target = accepted(parseTarget(text, traceOptionsOf(flags, '').request));
	if (target.kind !== 'url') {
		throw new UserError(`${text} is no URL: only a URL has several frontends.`, example);
	}

	return target;
}
