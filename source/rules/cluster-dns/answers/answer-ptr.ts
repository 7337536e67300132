import {findNamesOf} from '../find-names.ts';
import {findRecords, type AnswerContext} from '../find-services.ts';
import {negative, positive, unpredictable} from './outcome.ts';
import type {DnsOutcome, DnsQuestion} from '../record.ts';
import {addressOfReverseName} from '../reverse-name.ts';

/** PTR of a Service address or of a ready endpoint (plugin/kubernetes reverse.go). */
export function answerPtr(context: AnswerContext, requested: DnsQuestion): DnsOutcome {
	const address = addressOfReverseName(requested.name.toLowerCase());
	if (address === undefined) {
		const found = findRecords(context, requested);
		return 'none' in found
			? negative('NXDOMAIN', context.zone)
			: 'items' in found
				? negative('NODATA', context.zone)
				: unpredictable(found);
	}

	const found = findNamesOf(context, address);
	if ('unknown' in found) {
		return unpredictable(found);
	}

	return found.names.length === 0
		? negative('NXDOMAIN', context.zone)
		: positive(
				context,
				[...new Set(found.names)].map((target) => ({
					name: requested.name,
					type: 'PTR',
					ttl: context.plugin.ttl,
					target,
				})),
			);
}
