import type {ControllerDetails} from '../../path/details.ts';
import {span, type Line} from '../text/line.ts';
import {wrap} from '../text/wrap.ts';
import {blocks, fact, table, type RenderOptions} from './render-options.ts';
import {observedLines} from './observed-lines.ts';

const columns = [
	{header: 'POD', min: 6, keepsEnd: true},
	{header: 'STATE'},
	{header: 'RESTARTS', align: 'right', drop: 2},
	{header: 'NODE', min: 6, keepsEnd: true, drop: 3},
] as const;

/** Who serves the class, by which rules, and how many of its pods are ready. */
export function controllerLines(details: ControllerDetails, renderOptions: RenderOptions): readonly Line[] {
	const {workload, ready, total, bypassesProxy} = details;
	const assumed = (details.assumed ?? []).flatMap((text) => wrap(text, renderOptions.width - 15));
	return blocks(
		[
			...fact('class', details.class),
			...fact('controller', details.controller),
			...fact('implemented by', details.implementation),
			...fact('rules followed', details.profile),
			...fact('workload', workload && `${workload.kind} ${workload.namespace ?? ''}/${workload.name}`),
			...fact('pods ready', total === undefined ? undefined : `${ready ?? 0} of ${total}`),
			...fact(
				'sends to',
				bypassesProxy === undefined ? undefined : bypassesProxy ? 'endpoints itself' : 'the Service',
			),
			...assumed.flatMap((text, position) => fact(position === 0 ? 'assumed' : '', text)),
		],
		podTable(details, renderOptions),
		observedLines(details.observed, renderOptions),
	);
}

/** Its pods, those that are not ready first. */
function podTable({pods = []}: ControllerDetails, renderOptions: RenderOptions): readonly Line[] {
	const {status} = renderOptions.glyphs;
	const rows = pods
		.toSorted((a, b) => Number(a.ready) - Number(b.ready))
		.map(({name, ready, restarts, node}) => [
			name,
			ready ? span(`${status.ok} ready`, 'ok') : span(`${status.broken} not ready`, 'broken'),
			String(restarts),
			node ?? '',
		]);
	return table(columns, rows, renderOptions);
}
