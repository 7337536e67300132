import type {EndpointsDetails} from '../../path/details.ts';
import {span, type Line, type Span} from '../text/line.ts';
import {blocks, fact, table, type RenderOptions} from './render-options.ts';
import type {EndpointDetails} from '../../rules/endpoint-slices/endpoint.ts';

const columns = [
	{header: 'ADDRESS', min: 15, keepsEnd: true},
	{header: 'TARGET PORT'},
	{header: 'READY'},
	{header: 'POD', min: 6, keepsEnd: true},
	{header: 'NODE', min: 6, keepsEnd: true, drop: 1},
	{header: 'ZONE', min: 4, drop: 2},
] as const;

/** The endpoints of the slices, those that take no requests first. */
export function endpointsLines(details: EndpointsDetails, renderOptions: RenderOptions): readonly Line[] {
	const rows = details.endpoints
		.toSorted((a, b) => Number(a.ready) - Number(b.ready))
		.map((endpoint) => [
			endpoint.address,
			String(endpoint.port ?? 'none'),
			readiness(endpoint, renderOptions),
			endpoint.pod ?? '',
			endpoint.node ?? '',
			endpoint.zone ?? '',
		]);
	return blocks(table(columns, rows, renderOptions), fact('slices', details.slices.join(' ')));
}

/** EndpointSlice conditions in words: a terminating endpoint is never ready, and may still serve. */
function readiness(endpoint: EndpointDetails, renderOptions: RenderOptions): Span {
	const {status} = renderOptions.glyphs;
	if (endpoint.terminating) {
		return endpoint.serving
			? span(`${status.degraded} terminating, still serves`, 'degraded')
			: span(`${status.skipped} terminating`, 'dim');
	}

	return endpoint.ready ? span(`${status.ok} ready`, 'ok') : span(`${status.broken} not ready`, 'broken');
}
