import {refOf} from '../../model/ref.ts';
import type {Enforcer} from '../../rules/network-policy/enforcer.ts';
import type {Excepted} from '../../rules/network-policy/longest-prefix.ts';
import {objectField, type EvidenceField} from '../finding.ts';

/** Why a connection that a rule admits is not sure. Without a full stop. */
export function exceptedText({name}: Enforcer, {cidr}: Excepted): string {
	return `${name} may prefer except ${cidr} to the rule that admits it`;
}

export function exceptedField({policy, path, cidr}: Excepted): EvidenceField {
	return objectField(refOf('NetworkPolicy', policy), path, cidr);
}
