import type {FelixConfiguration} from '../../model/policies/felix-configuration.ts';
import {projectMeta} from '../meta.ts';
import {record, type Wire} from '../wire.ts';

export function projectFelixConfiguration(wire: Wire): FelixConfiguration {
	const {bpfEnabled} = record(wire['spec']);
	return {...projectMeta(wire), bpfEnabled: typeof bpfEnabled === 'boolean' ? bpfEnabled : undefined};
}
