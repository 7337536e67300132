import type {Meta} from '../../model/meta.ts';
import type {ForeignPolicy, ForeignSubject} from '../../model/policies/network-policy.ts';
import {calicoRules} from './calico-rules.ts';
import {asksLeftOut, ciliumDirections, ciliumRules, withoutSource} from './cilium-rules.ts';
import {projectLabelSelector, projectOptionalSelector} from '../label-selector.ts';
import {projectMeta} from '../meta.ts';
import {targetRefsOf} from './target-refs.ts';
import {list, optionalRecord, record, text, texts, type Wire, records} from '../wire.ts';

type Directions = ForeignPolicy['directions'];

/** CiliumNetworkPolicy and its clusterwide twin: `spec`, `specs`, or both (cilium.io/v2). */
export function projectCiliumPolicy(wire: Wire): ForeignPolicy {
	const specs = [optionalRecord(wire['spec']), ...list(wire['specs']).map(optionalRecord)].filter(
		(spec) => spec !== undefined,
	);
	const meta = projectMeta(wire);
	return {
		...meta,
		// A nodeSelector means the host firewall, which pods have no part in.
		subjects: specs
			.filter((spec) => spec['nodeSelector'] === undefined)
			.map((spec) => withoutSource(projectLabelSelector(spec['endpointSelector'])))
			.map((podSelector) => (asksLeftOut(podSelector) ? {type: 'unread'} : {type: 'labels', podSelector})),
		directions: ciliumDirections(specs),
		cilium: ciliumRules(specs, meta.namespace),
	};
}

/** NetworkPolicy and GlobalNetworkPolicy of Calico (projectcalico.org/v3). */
export function projectCalicoPolicy(wire: Wire): ForeignPolicy {
	const spec = record(wire['spec']);
	const types = texts(spec['types']).filter((type) => type === 'Ingress' || type === 'Egress');
	const isHostOnly = spec['preDNAT'] === true || spec['doNotTrack'] === true;
	return {
		...projectMeta(wire),
		subjects: isHostOnly
			? []
			: [
					text(spec['serviceAccountSelector']) === ''
						? {
								type: 'expression',
								pods: text(spec['selector']),
								namespaces: text(spec['namespaceSelector']),
							}
						: {type: 'unread'},
				],
		directions: types.length > 0 ? types : calicoDirections(wire, spec),
		isOfHosts: spec['preDNAT'] === true || spec['applyOnForward'] === true || undefined,
		calico: calicoRules(spec),
	};
}

/**
Without `types`: Calico's API server writes them by the rules (api/pkg/defaults, defaultPolicyTypesField); an object that was stored
past it means both (felix/calc/policy_sorter.go, ExtractPolicyMetadata).
*/
function calicoDirections(wire: Wire, spec: Wire): Directions {
	if (text(wire['apiVersion']).startsWith('crd.projectcalico.org/')) {
		return ['Ingress', 'Egress'];
	}

	const [hasIngress, hasEgress] = ['ingress', 'egress'].map((rules) => list(spec[rules]).length > 0);
	return !hasEgress ? ['Ingress'] : hasIngress ? ['Ingress', 'Egress'] : ['Egress'];
}

/** NetworkPolicy and ClusterNetworkPolicy of Antrea (crd.antrea.io/v1beta1): `appliedTo` of the policy, or of its rules. */
export function projectAntreaPolicy(wire: Wire): ForeignPolicy {
	const spec = record(wire['spec']);
	const rules = [...list(spec['ingress']), ...list(spec['egress'])].map((rule) => record(rule));
	const applied = [spec, ...rules].flatMap((each) => records(each['appliedTo']));
	return {
		...projectMeta(wire),
		subjects: applied.map(antreaSubject),
		directions: directionsOf(spec),
		isBaseline: text(spec['tier']) === 'baseline' || undefined,
	};
}

function antreaSubject(applied: Wire): ForeignSubject {
	const podSelector = projectOptionalSelector(applied['podSelector']);
	const namespaceSelector = projectOptionalSelector(applied['namespaceSelector']);
	return podSelector || namespaceSelector
		? {type: 'labels', podSelector, namespaceSelector}
		: {type: 'unread'};
}

/** Istio's AuthorizationPolicy: a selector of labels, or a target, which is a Gateway or a Service (security.istio.io/v1). */
export function projectAuthorizationPolicy(wire: Wire): ForeignPolicy {
	const spec = record(wire['spec']);
	const targets = targetRefsOf(spec);
	const podSelector = projectLabelSelector(spec['selector']);
	const meta = projectMeta(wire);
	return {
		...meta,
		subjects: targets.length > 0 ? targets.map(targetOf) : [{type: 'labels', podSelector}],
		directions: isDryRun(meta) || isWithoutEffect(spec) ? [] : ['Ingress'],
		allows: whomAllows(spec),
	};
}

/** Only logged, not enforced (istio.io, Dry Run). */
function isDryRun({annotations}: Meta): boolean {
	return annotations['istio.io/dry-run'] === 'true';
}

/** AUDIT only writes logs; a policy of another action that has no rule is about no request (istio.io, Authorization Policy). */
function isWithoutEffect({action, rules}: Wire): boolean {
	return action === 'AUDIT' || (action === 'DENY' && list(rules).length === 0);
}

/** An empty rule fits every request; `spec: {}` has no rule, and lets nobody in. */
function whomAllows({action, rules}: Wire): ForeignPolicy['allows'] {
	if (action !== undefined && action !== 'ALLOW') {
		return undefined;
	}

	const fitsAll = records(rules).some((rule) =>
		['from', 'to', 'when'].every((field) => list(rule[field]).length === 0),
	);
	return fitsAll ? 'all' : list(rules).length === 0 ? 'none' : 'some';
}

/** The pods of a Gateway carry its name (GEP-1762). A Service is for its waypoint, a GatewayClass for many pods. */
function targetOf(target: Wire): ForeignSubject {
	const label = {'gateway.networking.k8s.io/gateway-name': text(target['name'])};
	return text(target['kind']) === 'Gateway'
		? {type: 'labels', podSelector: {matchLabels: label, matchExpressions: []}}
		: {type: 'unread'};
}

/** A list of rules, even an empty one, makes a policy hold in that direction. */
function directionsOf(spec: Wire): Directions {
	return [
		...(Array.isArray(spec['ingress']) ? (['Ingress'] as const) : []),
		...(Array.isArray(spec['egress']) ? (['Egress'] as const) : []),
	];
}
