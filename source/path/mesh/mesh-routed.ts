import {clientPod} from '../../rules/client-pod.ts';
import {refText, type ObjectRef} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {meshRoutesOf, producerRoutesOf} from '../../rules/mesh/mesh-routes.ts';
import {finding, objectField, type Finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {namesOf} from '../words.ts';
import {meshFindings} from './catalogue.ts';

/** KNET524: the mesh of the client decides where its request ends. */
export function meshRouted(hopContext: HopContext, service: Service): Finding | undefined {
	const {snapshot, source} = hopContext;
	const client = clientPod(snapshot, source);
	if (!client) {
		return source.kind === 'node' && source.name === undefined ? routedAlone(snapshot, service) : undefined;
	}

	const routes = meshRoutesOf(snapshot, client, service);
	return routedBy(
		routes,
		service,
		`${namesOf(routes.map(refText))} decides in the mesh where requests of pod ${client.name} for Service ${service.name} end.`,
	);
}

/** Any client may be meant, and outside the mesh there is nothing: a Service that only routes give a meaning (GEP-1324). */
function routedAlone(snapshot: Snapshot, service: Service): Finding | undefined {
	const hasEndpoints = snapshot
		.slicesOf(service.namespace, service.name)
		.some(({endpoints}) => endpoints.length > 0);
	const routes = hasEndpoints ? [] : producerRoutesOf(snapshot, service);
	return routedBy(
		routes,
		service,
		`${namesOf(routes.map(refText))} decides where requests from the mesh for Service ${service.name} end; others find no endpoint.`,
	);
}

function routedBy(routes: readonly ObjectRef[], {name}: Service, message: string): Finding | undefined {
	const [first] = routes;
	return first
		? finding(meshFindings.meshRouted, {
				message,
				evidence: routes.slice(0, 3).map((route) => objectField(route, 'spec', `for Service ${name}`)),
				remedy: `Read ${refText(first)}, or send the request from a pod of the mesh.`,
			})
		: undefined;
}
