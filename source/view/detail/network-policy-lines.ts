import type {NetworkPolicyDetails, PolicyVerdict} from '../../path/details.ts';
import type {HopStatus} from '../../path/hop.ts';
import {span, type Line} from '../text/line.ts';
import {table, type RenderOptions} from './render-options.ts';

const columns = [{header: 'DIRECTION'}, {header: 'VERDICT'}, {header: 'DECIDED BY', min: 12}] as const;

const statuses: Readonly<Record<PolicyVerdict['verdict'], HopStatus>> = {
	allowed: 'ok',
	denied: 'degraded',
	partly: 'degraded',
	undecidable: 'unknown',
};

/** What the policies say of the connection, in both directions. */
export function networkPolicyLines(
	details: NetworkPolicyDetails,
	renderOptions: RenderOptions,
): readonly Line[] {
	const rows = [
		...(details.egress ? [row('egress', details.egress, renderOptions)] : []),
		...(details.ingress ? [row('ingress', details.ingress, renderOptions)] : []),
	];
	return table(columns, rows, renderOptions);
}

function row(direction: string, {verdict, by}: PolicyVerdict, renderOptions: RenderOptions) {
	const status = statuses[verdict];
	const decided = by.length > 0 ? by.join(' ') : 'no policy selects the pods';
	return [direction, span(`${renderOptions.glyphs.status[status]} ${verdict}`, status), decided];
}
