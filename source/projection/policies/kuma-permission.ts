import type {ForeignPolicy, ForeignSubject} from '../../model/policies/network-policy.ts';
import {projectLabelSelector} from '../label-selector.ts';
import {projectMeta} from '../meta.ts';
import {list, record, text, textMap, type Wire} from '../wire.ts';

/** Kuma's MeshTrafficPermission (kuma.io/v1alpha1): `targetRef` selects the proxies, Mesh or none all of them. */
export function projectMeshTrafficPermission(wire: Wire): ForeignPolicy {
	const spec = record(wire['spec']);
	const from = list(spec['from']).map((each) => record(each));
	// Clients of the whole mesh, and an action that only ever allows.
	const admitsAll = from.some(
		(each) =>
			text(record(each['targetRef'])['kind']) === 'Mesh' &&
			['Allow', 'AllowWithShadowDeny'].includes(text(record(each['default'])['action'])),
	);
	return {
		...projectMeta(wire),
		subjects: [targetOf(record(spec['targetRef']))],
		directions: admitsAll && from.length === 1 ? [] : ['Ingress'],
	};
}

/** `targetRef` of a policy (kuma.io, Policies): MeshSubset by tags, Dataplane by labels, MeshService by a name. */
function targetOf(target: Wire): ForeignSubject {
	const name = text(target['name']);
	switch (text(target['kind'])) {
		case '':
		case 'Mesh':
			return byTags({});
		case 'MeshSubset':
			return byTags(textMap(target['tags']));
		case 'Dataplane':
			return name === '' ? byTags(textMap(target['labels'])) : {type: 'unread'};
		case 'MeshService':
			return {type: 'kuma-service', tag: name};
		default:
			return {type: 'unread'};
	}
}

/** The older TrafficPermission: it only ever allows, and the clients of its sources alone. */
export function projectTrafficPermission(wire: Wire): ForeignPolicy {
	const spec = record(wire['spec']);
	const matches = (field: string): readonly Readonly<Record<string, string>>[] =>
		list(spec[field]).map((each) => textMap(record(each)['match']));
	const admitsAll = matches('sources').some((tags) => isEverything(tags));
	return {
		...projectMeta(wire),
		subjects: matches('destinations').map(byTags),
		directions: admitsAll ? [] : ['Ingress'],
	};
}

function isEverything(tags: Readonly<Record<string, string>>): boolean {
	return tags['kuma.io/service'] === '*' && Object.keys(tags).length === 1;
}

/** A proxy has the labels of its pod as tags, and tags that Kuma gives it (kuma.io, Data plane on Kubernetes, tag generation). */
function byTags(tags: Readonly<Record<string, string>>): ForeignSubject {
	const {
		'kuma.io/service': service = '*',
		'k8s.kuma.io/namespace': namespace,
		'k8s.kuma.io/service-name': name,
		...own
	} = tags;
	if (Object.entries(own).some(([key, value]) => isOfKuma(key) || value === '*')) {
		return {type: 'unread'};
	}

	const selector = (matchLabels: Readonly<Record<string, string>>) => projectLabelSelector({matchLabels});
	if (service === '*' && name === undefined) {
		return {
			type: 'labels',
			podSelector: selector(own),
			namespaceSelector:
				namespace === undefined ? undefined : selector({'kubernetes.io/metadata.name': namespace}),
		};
	}

	const isAlone = Object.keys(own).length === 0 && name === undefined && namespace === undefined;
	return isAlone ? {type: 'kuma-service', tag: service} : {type: 'unread'};
}

function isOfKuma(key: string): boolean {
	return /^(?:[\w-]+\.)*kuma\.io\//u.test(key);
}
