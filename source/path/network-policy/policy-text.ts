import {kubectl} from '../../model/safe-text/command.ts';
import {apiKindOf, kubectlName, type Kind} from '../../model/kinds.ts';
import {refText, type ObjectRef} from '../../model/ref.ts';
import {objectField, type EvidenceField} from '../finding.ts';
import {count, kindText, namesOf} from '../words.ts';

/** As details have it: `shop/deny-all`, and the kind where it is not NetworkPolicy. */
export function policyName(ref: ObjectRef): string {
	return ref.kind === 'NetworkPolicy' ? `${ref.namespace}/${ref.name}` : refText(ref);
}

/** `NetworkPolicy shop/deny-all and shop/from-front`; those of several kinds by the first, and their number. */
export function policiesText(refs: readonly ObjectRef[]): string {
	const [first] = refs;
	const same = refs.filter(({kind}) => kind === first?.kind);
	const named = same.length === refs.length ? refs : refs.slice(0, 1);
	const names = namesOf(named.map(({namespace, name}) => (namespace ? `${namespace}/${name}` : name)));
	const rest = refs.length - named.length;
	return [
		...(first ? [`${kindText(first.kind as Kind)} ${names}`] : []),
		...(rest > 0 ? [count(rest, 'more policy', 'more policies')] : []),
	].join(' and ');
}

export function policyEvidence(refs: readonly ObjectRef[], value: string): readonly EvidenceField[] {
	return refs
		.slice(0, 5)
		.map((ref) => objectField({...ref, kind: apiKindOf(ref.kind as Kind)}, 'spec', value));
}

/** The first policy, and those of its kind and namespace. */
export function showPolicies(refs: readonly ObjectRef[]): string {
	const [first] = refs;
	const same = refs.filter(({kind, namespace}) => kind === first?.kind && namespace === first.namespace);
	return kubectl(
		{namespace: first?.namespace},
		'get',
		kubectlName((first?.kind ?? 'NetworkPolicy') as Kind),
		...same.map(({name}) => name),
		'-o',
		'yaml',
	);
}
