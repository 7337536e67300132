import type {ClusterPart} from '../path/cluster-part.ts';
import type {Glyphs} from './text/glyphs.ts';
import {lineWidth} from './text/fit.ts';
import {span, type Line} from './text/line.ts';

export const partNames: Readonly<Record<ClusterPart['part'], string>> = {
	dns: 'DNS',
	controllers: 'ingress',
	nodes: 'nodes',
	'kube-proxy': 'kube-proxy',
	policies: 'policies',
};

/** The cluster in one line, `DNS ✗ 0/2  ingress 2/2  nodes 3/3`: parts that are not well come first, then others as room is left. */
export function clusterStrip(parts: readonly ClusterPart[], room: number, glyphs: Glyphs): Line {
	const shown = fitting(parts, room, glyphs);
	return shown.flatMap((part, position) => [span(position === 0 ? '' : '  '), ...partSpans(part, glyphs)]);
}

function fitting(parts: readonly ClusterPart[], room: number, glyphs: Glyphs): readonly ClusterPart[] {
	const width = parts.reduce((sum, part) => sum + lineWidth(partSpans(part, glyphs)) + 2, -2);
	if (parts.length === 0 || width <= room) {
		return parts;
	}

	// Where room is short, unknown parts are left out first, then those that are well, each from the end.
	const least = dropped
		.map((verdict) => parts.findLast((part) => part.verdict === verdict))
		.find((part) => part);
	return fitting(
		parts.filter((part) => part !== least),
		room,
		glyphs,
	);
}

const dropped: readonly ClusterPart['verdict'][] = ['unknown', 'ok', 'degraded', 'broken'];

function partSpans({part, verdict, short}: ClusterPart, glyphs: Glyphs): Line {
	const isWell = verdict === 'ok';
	const sign = isWell ? '' : `${glyphs.status[verdict]} `;
	return [
		span(`${partNames[part]} `, 'dim'),
		span(`${sign}${short}`.trimEnd(), isWell ? 'dim' : verdict, verdict === 'broken'),
	];
}
