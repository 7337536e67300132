import type {DnsQueryDetails} from '../../path/details.ts';
import type {DnsReport} from '../../path/dns/dns-report.ts';
import {answerText} from '../text/dns-answer.ts';
import {span, type Line} from '../text/line.ts';
import {padTo, widthOf} from '../text/width.ts';
import {plural, sourceWords, symptomText} from '../text/words.ts';
import {findingLines, type TextOptions} from './text.ts';

/** What the cluster's DNS answers for a name: the client's resolver, every try in order, and the answer last. */
export function dnsLines(report: DnsReport, options: TextOptions): readonly Line[] {
	return [
		[span(report.target.text, 'strong', true), span(`  from ${sourceWords(report.from)}`, 'dim')],
		...resolverLines(report),
		[],
		...tryLines(report.tries),
		[],
		...report.hop.findings.flatMap((finding) => findingLines(finding)),
		answerLine(report, options),
	];
}

function resolverLines({resolvConf, service, pods, assumed}: DnsReport): readonly Line[] {
	const ready = pods.filter((pod) => pod.ready).length;
	const server = service
		? `  (${service.namespace}/${service.name}, ${ready} of ${plural(pods.length, 'pod')} ready)`
		: '';
	return [
		field('nameserver', `${resolvConf.nameservers.join(' ')}${server}`),
		field('search', resolvConf.searches.join(' ')),
		field('options', resolvConf.options.join(' ')),
		...assumed.map((text) => field('assumed', text)),
	];
}

function field(name: string, value: string): Line {
	return [span(`  ${padTo(name, 12)}`, 'dim'), span(value)];
}

/** Prediction and observation side by side, a row for each try. */
function tryLines(tries: readonly DnsQueryDetails[]): readonly Line[] {
	const rows = tries.map((query) => ({
		name: query.name,
		type: query.type,
		expected: query.expected ? answerText(query.expected) : 'not known here',
		observed: (query.observed ?? []).map(
			(each) =>
				`${each.resolver}: ${answerText(each)}${each.ms === undefined ? '' : ` (${Math.round(each.ms)} ms)`}`,
		),
	}));
	const names = Math.max(3, ...rows.map(({name}) => widthOf(name))) + 2;
	const expectations = Math.max(8, ...rows.map(({expected}) => widthOf(expected))) + 2;
	const isObserved = rows.some(({observed}) => observed.length > 0);
	return [
		[
			span(
				`  ${padTo('TRY', names)}${padTo('TYPE', 6)}${padTo('EXPECTED', expectations)}${isObserved ? 'OBSERVED' : ''}`,
				'dim',
			),
		],
		...rows.flatMap(({name, type, expected, observed}) => {
			const [first = '', ...rest] = observed;
			const indent = ' '.repeat(2 + names + 6 + expectations);
			return [
				[
					span(`  ${padTo(name, names)}${padTo(type, 6)}`),
					span(padTo(expected, expectations)),
					span(first, 'accent'),
				],
				...rest.map((text) => [span(`${indent}${text}`, 'accent')]),
			];
		}),
	];
}

function answerLine({target, verdict, answer, symptom, rootCause}: DnsReport, {glyphs}: TextOptions): Line {
	const said = answer
		? ` ${answer.name} → ${answer.data.join(', ')}`
		: symptom
			? ` the client sees ${symptomText(symptom)}`
			: ` ${verdict}`;
	return [
		span(`${glyphs.status[verdict]} `, verdict, true),
		span(target.text, 'strong', true),
		span(said, verdict),
		span(rootCause ? ` (${rootCause}, knet explain ${rootCause})` : ''),
	];
}
