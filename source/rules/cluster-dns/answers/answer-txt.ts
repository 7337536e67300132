import {findRecords, type AnswerContext} from '../find-services.ts';
import {negative, positive, unanswered} from './outcome.ts';
import {parseName} from '../parse-name.ts';
import type {DnsOutcome, DnsQuestion} from '../record.ts';

/** The only TXT record is the version of the schema; other names exist when they have records of another type. */
export function answerTxt(context: AnswerContext, requested: DnsQuestion): DnsOutcome {
	const name = requested.name.toLowerCase();
	if (name === `dns-version.${context.zone.toLowerCase()}`) {
		return positive(context, [{name: requested.name, type: 'TXT', ttl: 28_800, text: '1.1.0'}]);
	}

	const found = findRecords(context, requested);
	if (!('items' in found)) {
		return unanswered(found, context.zone);
	}

	const zonal = (parseName(name, context.zone, context.plugin.zonal)?.zone ?? '') !== '';
	return negative(found.items.length > 0 || zonal ? 'NODATA' : 'NXDOMAIN', context.zone);
}
