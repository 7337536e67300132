import type {MtlsMode, PeerAuthentication} from '../../model/policies/peer-authentication.ts';
import {projectOptionalSelector} from '../label-selector.ts';
import {projectMeta} from '../meta.ts';
import {oneOf, record, type Wire} from '../wire.ts';

export function projectPeerAuthentication(wire: Wire): PeerAuthentication {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		selector: projectOptionalSelector(spec['selector']),
		mode: modeOf(spec['mtls']),
		ports: Object.entries(record(spec['portLevelMtls'])).map(([port, value]) => ({
			port: Number(port),
			mode: modeOf(value),
		})),
	};
}

function modeOf(value: unknown): MtlsMode {
	return oneOf(record(value)['mode'], ['DISABLE', 'PERMISSIVE', 'STRICT'], 'UNSET');
}
