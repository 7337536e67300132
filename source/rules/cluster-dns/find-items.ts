import {ipText, parseIp} from '../../model/matching/ip.ts';
import {lookup} from '../../model/snapshot.ts';
import {findService} from './find-service.ts';
import {none, nodata, unknownKind, type Found, type ZoneContext} from './found.ts';
import type {NameRequest} from './parse-name.ts';
import type {UnknownKind} from './record.ts';

/** What a parsed name stands for (plugin/kubernetes Records). */
export function findItems(context: ZoneContext, request: NameRequest): Found {
	if (request.type === '') {
		return nodata;
	}

	const exposed = namespaceExposed(context, request.namespace);
	if (exposed !== true) {
		return exposed === false ? none : exposed;
	}

	if (request.type === 'pod') {
		return findPod(context, request);
	}

	return request.service === '' ? nodata : findService(context, request);
}

/** The namespace exists and the Corefile does not leave it out. */
export function namespaceExposed(
	{snapshot, plugin}: ZoneContext,
	namespace: string,
): boolean | {readonly unknown: UnknownKind} {
	if (plugin.namespaces.length > 0 && !plugin.namespaces.includes(namespace)) {
		return false;
	}

	const found = lookup(snapshot, 'Namespace', '', namespace);
	// No object lives in a namespace that does not exist; files seldom hold the Namespace itself.
	if ('found' in found || snapshot.list('Service', namespace).length > 0) {
		return true;
	}

	return 'missing' in found ? false : {unknown: {kind: 'Namespace', namespace, state: found.unknown}};
}

function findPod(context: ZoneContext, {namespace, service: label}: NameRequest): Found {
	const {snapshot, plugin, zone} = context;
	if (plugin.pods === 'disabled') {
		return none;
	}

	if (label === '') {
		return nodata;
	}

	const dotted = label.split('-').length === 4 && !label.includes('--');
	const host = label.replaceAll('-', dotted ? '.' : ':');
	const owner = `${label}.${namespace}.pod.${zone}`;
	if (plugin.pods === 'insecure') {
		const ip = parseIp(host);
		return ip ? {items: [{host: ipText(ip), port: 0, owner}]} : none;
	}

	const unknown = unknownKind(snapshot, 'Pod', namespace);
	if (unknown) {
		return {unknown};
	}

	// CoreDNS holds pods that run or may run, and leaves out those being deleted.
	const pod = snapshot
		.podsWithIp(host)
		.find(
			(item) =>
				item.namespace === namespace &&
				item.podIPs[0] === host &&
				item.deletedAt === undefined &&
				(item.phase === 'Running' || item.phase === 'Pending'),
		);
	return pod ? {items: [{host, port: 0, owner}]} : none;
}
