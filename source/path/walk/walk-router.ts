import {refOf} from '../../model/ref.ts';
import {lookup} from '../../model/snapshot.ts';
import type {FollowedRouter} from '../../model/router-kinds.ts';
import {routerOf} from '../../rules/routers/routers.ts';
import {commonHopKinds, type HopKind} from '../hop.ts';
import type {HopEvaluation} from '../hop-evaluator.ts';
import type {Path} from '../report.ts';
import {routerFindings} from '../route/router/catalogue.ts';
import {objectRequests} from '../route/router/requests.ts';
import {describe} from '../route/router/rule-text.ts';
import {finding} from '../finding.ts';
import {refText, type ObjectRef} from '../../model/ref.ts';
import type {RouterTarget} from '../target.ts';
import type {WalkContext} from './context.ts';
import {judge} from './path-verdict.ts';
import {skipped} from './skipped.ts';
import {unknownPath} from './unknown-path.ts';
import {walkUrl} from './walk-url.ts';

/** `httpproxy/NAME` and its kin: a request for every rule of the object. */
export function walkRouter(context: WalkContext, target: RouterTarget): readonly Path[] {
	const kind: FollowedRouter = target.router;
	const router = routerOf(kind);
	const namespace = target.namespace ?? context.namespace ?? 'default';
	const found = lookup(context.snapshot, kind, namespace, target.name);
	if ('unknown' in found) {
		return [unknownPath(target.text, {hop: 'route', kind, namespace, state: found.unknown})];
	}

	if ('missing' in found) {
		return [];
	}

	const object = refOf(kind, found.found);
	if (router.rootsOf(context.snapshot, found.found).length === 0) {
		return [orphaned(target.text, object)];
	}

	return objectRequests(context.snapshot, router, found.found).flatMap((request) =>
		walkUrl({...context, namespace}, request.target, {object}),
	);
}

/** KNET442: no request leads to the object. */
function orphaned(title: string, object: ObjectRef): Path {
	const found = finding(routerFindings.objectOrphaned, {
		message: `${object.kind} ${object.namespace}/${object.name} takes no request: it names no host, and no object that does includes it.`,
		evidence: [{object: refText(object), path: 'spec', value: 'no host'}],
		remedy: 'Include it in an object that names a host, or give it one.',
		command: describe(object),
	});
	const hop: HopEvaluation<HopKind> = {
		hop: {
			kind: 'route',
			status: 'broken',
			basis: 'objects',
			subject: object,
			summary: 'nothing leads to it',
			findings: [found],
		},
		stop: 'no-rule',
	};
	return judge({
		title,
		hops: commonHopKinds.map((each) => (each === 'route' ? hop : skipped(each, 'not reached'))),
	});
}
