import type {DnsDetails, DnsQueryDetails} from '../../path/details.ts';
import {calmAge} from '../text/age.ts';
import {answerText} from '../text/dns-answer.ts';
import {span, type Line} from '../text/line.ts';
import type {Cell} from '../text/table.ts';
import {blocks, fact, table, type RenderOptions} from './render-options.ts';

const columns = [
	{header: 'NAME', min: 12, keepsEnd: true},
	{header: 'TYPE'},
	{header: 'EXPECTED', min: 12},
	{header: 'OBSERVED', min: 12},
	{header: 'BY', min: 8, keepsEnd: true, drop: 2},
	{header: 'TOOK', align: 'right', drop: 4},
	{header: 'AGE', align: 'right', drop: 3},
] as const;

/** What the cluster's DNS should answer, and beside it what was really answered. */
export function dnsLines(details: DnsDetails, renderOptions: RenderOptions): readonly Line[] {
	const rows = details.queries.flatMap((query) => queryRows(query, renderOptions));
	return blocks(table(columns, rows, renderOptions), fact('search list', details.search?.join(' ')));
}

function queryRows(query: DnsQueryDetails, renderOptions: RenderOptions): readonly (readonly Cell[])[] {
	const expected = query.expected && answerText(query.expected);
	// Names of other zones are answered by servers that knet cannot see.
	const shown = expected ?? span('not predicted', 'dim');
	const observed = query.observed ?? [];
	if (observed.length === 0) {
		return [[query.name, query.type, shown]];
	}

	return observed.map(({resolver, ms, at, ...answer}, position) => {
		const text = answerText(answer);
		const same = expected === undefined || text === expected;
		const took = ms === undefined ? '' : `${ms} ms`;
		const age = at === undefined ? '' : calmAge(renderOptions.now - at);
		// Each row says of which name and type it is: an answer below another one would be read as an answer to that.
		return [
			span(query.name, position === 0 ? undefined : 'dim'),
			query.type,
			position === 0 ? shown : '',
			span(text, same ? 'ok' : 'degraded'),
			resolver,
			took,
			age,
		];
	});
}
