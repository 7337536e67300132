import type {EgressFirewall} from '../../model/policies/egress-firewall.ts';
import {projectMeta} from '../meta.ts';
import {optionalNumber, optionalText, record, records, text, type Wire} from '../wire.ts';

export function projectEgressFirewall(wire: Wire): EgressFirewall {
	return {
		...projectMeta(wire),
		rules: records(record(wire['spec'])['egress']).map((rule) => ({
			allows: rule['type'] !== 'Deny',
			cidr: optionalText(record(rule['to'])['cidrSelector']),
			ports: records(rule['ports']).map((item) => ({
				protocol: text(item['protocol']),
				port: optionalNumber(item['port']),
			})),
		})),
	};
}
