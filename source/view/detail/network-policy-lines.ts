import type {NetworkPolicyDetails, PolicyVerdict} from '../../path/details.ts';
import type {HopStatus} from '../../path/hop.ts';
import {span, type Line} from '../line.ts';
import {table, type Look} from './look.ts';

const columns = [{header: 'DIRECTION'}, {header: 'VERDICT'}, {header: 'DECIDED BY', min: 12}] as const;

const statuses: Readonly<Record<PolicyVerdict['verdict'], HopStatus>> = {
	allowed: 'ok',
	denied: 'degraded',
	partly: 'degraded',
	undecidable: 'unknown',
};

/** What the policies say of the connection, in both directions. */
export function networkPolicyLines(details: NetworkPolicyDetails, look: Look): readonly Line[] {
	const rows = [
		...(details.egress ? [row('egress', details.egress, look)] : []),
		...(details.ingress ? [row('ingress', details.ingress, look)] : []),
	];
	return table(columns, rows, look);
}

function row(direction: string, {verdict, by}: PolicyVerdict, look: Look) {
	const status = statuses[verdict];
	const decided = by.length > 0 ? by.join(' ') : 'no policy selects the pods';
	return [direction, span(`${look.glyphs.status[status]} ${verdict}`, status), decided];
}
