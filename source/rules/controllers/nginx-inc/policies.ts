import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import type {RequestPolicy} from '../../../model/routes/request-policy.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import type {Guard, GuardedRule} from '../record/ingress-side.ts';
import {isBefore} from '../../version.ts';

const annotation = 'nginx.org/policies';

/** Those of PolicySpec that an Ingress may name (policy.go, IsPolicySupportedOnIngress). */
const supported = new Set(['accessControl', 'cors', 'externalAuth', 'ingressMTLS', 'egressMTLS', 'waf']);

/** Policies by annotation, since 5.4. One that is missing answers 500 since 5.4.1, one of another type since 5.4.2 (releases; policy.go, generatePolicies). */
export function policiesOfRule({snapshot, rule: {ingress}, version}: GuardedRule): Guard | undefined {
	const names = isBefore(version, [5, 4, 0]) ? [] : namesOf(ingress);
	const found = names.map((name) => ({name, policy: policyOf(snapshot, ingress, name)}));
	const unread = found.find(({policy}) => policy === 'unread');
	if (unread) {
		return {
			assumption: `whether annotation ${annotation} lets the request pass: Policy ${unread.name} is not read`,
		};
	}

	const policies = found.map(({policy}) => policy).filter(isFound);
	const isMissing = policies.length < found.length && !isBefore(version, [5, 4, 1]);
	const isForeign = policies.some(({type}) => !supported.has(type)) && !isBefore(version, [5, 4, 2]);
	return isMissing || isForeign ? {status: 500, setBy: annotation} : listsOf(policies);
}

/** Where one list allows, those that deny have no effect (nginx.ingress.tmpl: `deny all` stands between them). */
function listsOf(policies: readonly RequestPolicy[]): Guard | undefined {
	const allowed = policies.flatMap((policy) => policy.allowed);
	const denied = allowed.length > 0 ? [] : policies.flatMap((policy) => policy.denied);
	return allowed.length + denied.length === 0
		? undefined
		: {
				sources: {
					by: `annotation ${annotation}`,
					annotation,
					allowed: allowed.join(','),
					denied: denied.join(','),
				},
			};
}

function namesOf({annotations}: Ingress): readonly string[] {
	return (annotations[annotation] ?? '')
		.split(',')
		.map((each) => each.trim())
		.filter(Boolean);
}

/** `NAME` in the namespace of the Ingress, or `NAMESPACE/NAME`. */
function policyOf(snapshot: Snapshot, ingress: Ingress, text: string): RequestPolicy | 'missing' | 'unread' {
	const [name = '', namespace = ingress.namespace] = text.split('/').toReversed();
	const result = lookup(snapshot, 'NginxPolicy', namespace, name);
	return 'found' in result ? result.found : 'missing' in result ? 'missing' : 'unread';
}

function isFound(policy: RequestPolicy | 'missing' | 'unread'): policy is RequestPolicy {
	return typeof policy === 'object';
}
