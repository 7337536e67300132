import {refOf} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {matchHost} from '../../../rules/host-match.ts';
import type {Router, RouterObject} from '../../../rules/routers/router.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import {describe, plainRef} from './rule-text.ts';

type NoRule = {
	readonly snapshot: Snapshot;
	readonly router: Router;
	readonly controller: Controller;
	readonly request: HttpRequest;
	readonly objects: readonly RouterObject[];
};

/** KNET401: objects name the host, and none of their rules takes the request. */
export function noRouterRule({snapshot, router, controller, request, objects}: NoRule): Finding {
	const near = objects.filter((object) =>
		router
			.hostsOf(snapshot, object)
			.some((host) => matchHost(host, request.host, {wildcard: router.wildcard}) > 0),
	);
	const names = near.slice(0, 3).map(({namespace, name}) => `${namespace}/${name}`);
	const of = names.length > 0 ? ` of ${router.kind} ${names.join(', ')}` : '';
	const {method, scheme, host, urlPath} = request;
	return finding(routeFindings.noRuleMatches, {
		message: `No rule${of} that ${controller.implementation} serves takes ${method} ${scheme}://${host || '*'}${urlPath}.`,
		evidence: near
			.slice(0, 3)
			.map((object) =>
				objectField(
					plainRef(refOf(router.kind, object)),
					router.hostField,
					hostsText(router.hostsOf(snapshot, object)),
				),
			),
		remedy: 'Compare host, path, method, headers and query with the rules of the object.',
		command: near[0] && describe(refOf(router.kind, near[0])),
	});
}

function hostsText(hosts: readonly string[]): string {
	return hosts.map((host) => host || 'any host').join(', ') || 'any host';
}
