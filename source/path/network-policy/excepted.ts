import {refOf} from '../../model/ref.ts';
import type {Enforcer} from '../../rules/network-policy/enforcer.ts';
import type {Excepted} from '../../rules/network-policy/longest-prefix.ts';
import {objectField, type EvidenceField} from '../finding.ts';

/** Why a connection that a rule admits is not sure. Without a full stop. */
export function exceptedText({name}: Enforcer, {cidr}: Excepted): string {
	return `A rule admits it, but the address lies in except ${cidr} of another, and ${name} may let the longest prefix decide`;
}

export function exceptedField({policy, path, cidr}: Excepted): EvidenceField {
	return objectField(refOf('NetworkPolicy', policy), path, cidr);
}
