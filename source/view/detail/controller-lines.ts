import type {ControllerDetails} from '../../path/details.ts';
import type {Line} from '../text/line.ts';
import {wrap} from '../text/wrap.ts';
import {blocks, fact, type RenderOptions} from './render-options.ts';
import {observedLines} from './observed-lines.ts';

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
		observedLines(details.observed, renderOptions),
	);
}
