import type {FelixConfiguration} from '../../model/policies/felix-configuration.ts';
import {projectMeta} from '../meta.ts';
import {record, text, type Wire} from '../wire.ts';

export function projectFelixConfiguration(wire: Wire): FelixConfiguration {
	const spec = record(wire['spec']);
	const {bpfEnabled} = spec;
	const actions = ['iptablesFilterDenyAction', 'nftablesFilterDenyAction'].map((name) => text(spec[name]));
	return {
		...projectMeta(wire),
		bpfEnabled: typeof bpfEnabled === 'boolean' ? bpfEnabled : undefined,
		rejects: actions.some((action) => action.toLowerCase() === 'reject') || undefined,
	};
}
