import type {KumaMesh} from '../../model/policies/kuma-mesh.ts';
import type {ForeignPolicy} from '../../model/policies/network-policy.ts';
import {projectLabelSelector, projectOptionalSelector} from '../label-selector.ts';
import {projectMeta} from '../meta.ts';
import {list, optionalText, record, text, type Wire} from '../wire.ts';

/**
Linkerd's Server (policy.linkerd.io): it refuses what no ServerAuthorization or AuthorizationPolicy admits. These, and routes of the
group, hold for a Server only.
*/
export function projectLinkerdServer(wire: Wire): ForeignPolicy {
	const spec = record(wire['spec']);
	const podSelector = projectOptionalSelector(spec['podSelector']);
	const accessPolicy = optionalText(spec['accessPolicy']);
	const admitsAll = ['all-unauthenticated', 'audit'].includes(accessPolicy ?? '');
	return {
		...projectMeta(wire),
		// The others select workloads outside the cluster.
		subjects: podSelector ? [{type: 'labels', podSelector}] : [],
		directions: admitsAll ? [] : ['Ingress'],
		port: typeof spec['port'] === 'number' ? spec['port'] : optionalText(spec['port']),
		accessPolicy,
	};
}

/** Kuma's Mesh (kuma.io, Mutual TLS): it is on where a backend is enabled; with mode PERMISSIVE plain text passes too. */
export function projectKumaMesh(wire: Wire): KumaMesh {
	const mtls = record(record(wire['spec'])['mtls']);
	const enabled = text(mtls['enabledBackend']);
	const isStrict = list(mtls['backends'])
		.map((each) => record(each))
		.some((each) => text(each['name']) === enabled && text(each['mode']) !== 'PERMISSIVE');
	return {...projectMeta(wire), mtls: isStrict ? enabled : ''};
}

/** Consul's ServiceIntentions (consul.hashicorp.com/v1alpha1): the name of a Service, or `*`. */
export function projectServiceIntentions(wire: Wire): ForeignPolicy {
	const spec = record(wire['spec']);
	const name = text(record(spec['destination'])['name']);
	const sources = list(spec['sources']).map((each) => record(each));
	const admitsAll =
		sources.every((source) => text(source['action']) === 'allow') &&
		sources.some((source) => text(source['name']) === '*');
	return {
		...projectMeta(wire),
		subjects: [
			name === '*' ? {type: 'labels', podSelector: projectLabelSelector(undefined)} : {type: 'service', name},
		],
		directions: admitsAll ? [] : ['Ingress'],
	};
}
