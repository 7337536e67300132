import {kubectl} from '../../../model/safe-text/command.ts';
import type {IngressBackend} from '../../../model/routes/ingress.ts';
import {refOf} from '../../../model/ref.ts';
import type {MatchedRule} from '../../details.ts';
import {objectField, type EvidenceField} from '../../finding.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';

/** A rule as the report has it. */
export function matchedRule({ingress, rule, path, host, pathType, value}: RuleRef): MatchedRule {
	return {
		kind: 'Ingress',
		namespace: ingress.namespace,
		name: ingress.name,
		rule,
		path,
		host,
		pathType,
		value,
	};
}

/** `Prefix /api` or `default backend`. */
export function ruleText({path, pathType, value}: RuleRef): string {
	return path === undefined ? 'default backend' : `${pathType} ${value || '/'}`;
}

/** `api:80`, `api:http`; a resource as `Kind/name`. */
export function backendText(backend: IngressBackend): string {
	if (backend.type === 'resource') {
		return `${backend.resource.kind}/${backend.resource.name}`;
	}

	const port = backend.port.name ?? backend.port.number;
	return port === undefined ? backend.name : `${backend.name}:${port}`;
}

/** Field path of a rule's path, or of the default backend. */
export function ruleField({rule, path}: RuleRef): string {
	return path === undefined ? 'spec.defaultBackend' : `spec.rules[${rule}].http.paths[${path}]`;
}

/** Field path of its backend. A default backend is one itself (networking.k8s.io/v1 IngressSpec). */
export function backendField(rule: RuleRef): string {
	return rule.path === undefined ? ruleField(rule) : `${ruleField(rule)}.backend`;
}

/** A rule as evidence: where it stands, and host and path. */
export function ruleEvidence(rule: RuleRef): EvidenceField {
	return objectField(
		refOf('Ingress', rule.ingress),
		ruleField(rule),
		`${rule.host || '*'} ${ruleText(rule)} → ${backendText(rule.backend)}`,
	);
}

export function describeCommand({ingress}: RuleRef): string {
	return kubectl(ingress, 'describe', 'ingress', ingress.name);
}
