import {refText} from '../../model/ref.ts';
import type {Service} from '../../model/service.ts';
import {meshRoutesOf} from '../../rules/mesh/mesh-routes.ts';
import {finding, objectField, type Finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {namesOf} from '../words.ts';
import {meshFindings} from './catalogue.ts';

/** KNET524: the mesh of the client decides where its request ends. */
export function meshRouted({snapshot, source}: HopContext, service: Service): Finding | undefined {
	const client = source.kind === 'pod' ? snapshot.get('Pod', source.namespace, source.name) : undefined;
	const routes = client ? meshRoutesOf(snapshot, client, service) : [];
	const [first] = routes;
	return first && client
		? finding(meshFindings.meshRouted, {
				message: `${namesOf(routes.map(refText))} decides in the mesh where requests of pod ${client.name} for Service ${service.name} end.`,
				evidence: routes
					.slice(0, 3)
					.map((route) => objectField(route, 'spec', `for Service ${service.name}`)),
				remedy: `Read ${refText(first)}, or send the request from the pod.`,
			})
		: undefined;
}
