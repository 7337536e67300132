import type {PodDetails} from '../../path/details.ts';
import {span, type Line} from '../text/line.ts';
import {blocks, table, type RenderOptions} from './render-options.ts';
import {observedLines} from './observed-lines.ts';

const columns = [
	{header: 'POD', min: 6, keepsEnd: true},
	// As wide as CrashLoopBackOff: a reason is never cut.
	{header: 'STATE', min: 18},
	// Never cut: an address with half a port would be another address.
	{header: 'TARGET', drop: 1, min: 16, keepsEnd: true},
	{header: 'RESTARTS', align: 'right', drop: 2},
	{header: 'NODE', min: 6, keepsEnd: true, drop: 3},
] as const;

/** The pods behind the endpoints, those that are not ready first, with the reason. */
export function podLines(details: PodDetails, renderOptions: RenderOptions): readonly Line[] {
	const {status} = renderOptions.glyphs;
	const rows = details.pods
		.toSorted((a, b) => Number(a.ready) - Number(b.ready))
		.map((pod) => [
			pod.name,
			pod.ready
				? span(`${status.ok} ready`, 'ok')
				: span(
						`${status.broken} ${pod.reason ?? (pod.phase === 'Running' ? 'not ready' : pod.phase)}`,
						'broken',
					),
			pod.ip ? `${pod.ip}${pod.targetPort === undefined ? '' : `:${pod.targetPort}`}` : '',
			String(pod.restarts),
			pod.node ?? '',
		]);
	return blocks(table(columns, rows, renderOptions), observedLines(details.observed, renderOptions));
}
