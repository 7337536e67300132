import {refOf} from '../../../model/ref.ts';
import {lookup} from '../../../model/snapshot.ts';
import type {FollowedRouter} from '../../../model/routes/router-kinds.ts';
import type {NoRequest, RouterProblem} from '../../../rules/routers/router.ts';
import {routerOf} from '../../../rules/routers/routers.ts';
import type {HopStatus} from '../../hop.ts';
import {commonHopKinds, type HopKind} from '../../hop-kind.ts';
import type {HopEvaluation} from '../../hop-evaluator.ts';
import type {Path} from '../../report.ts';
import {routeFindings} from '../../route/catalogue.ts';
import {routerFindings} from '../../route/router/catalogue.ts';
import {objectRequests} from '../../route/router/requests.ts';
import {describe} from '../../route/router/rule-text.ts';
import {objectField, finding, type Finding} from '../../finding.ts';
import {statusOf} from '../../hop-status.ts';
import type {ObjectRef} from '../../../model/ref.ts';
import type {RouterTarget} from '../../target.ts';
import type {WalkContext} from '../context.ts';
import {judge} from '../path-verdict.ts';
import {notReached} from '../skipped.ts';
import {unknownPath} from '../unknown-path.ts';
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
		const why = router.whyNoRequest?.(context.snapshot, found.found) ?? namesNoHost;
		return [orphaned(target.text, object, why)];
	}

	const requests = objectRequests(context.snapshot, router, found.found);
	return requests.length === 0
		? [withoutRules(target.text, object, router.whyUnread?.(found.found))]
		: requests.flatMap(({target: url, isGuess}) =>
				isGuess ? [notMadeUp(url.text, object)] : walkUrl({...context, namespace}, url, {object}),
			);
}

/** KNET413: no request is known that the rule takes. */
function notMadeUp(title: string, object: ObjectRef): Path {
	const found = finding(routeFindings.ruleAssumed, {
		message: `A rule of ${object.kind} ${object.namespace}/${object.name} is a pattern: no request can be made up that it takes.`,
		evidence: [objectField(object, 'spec', title)],
		remedy: 'Ask with a URL that the rule should take.',
		command: describe(object),
	});
	return ended(title, object, found);
}

type Unread = Pick<RouterProblem, 'field' | 'value' | 'why'>;

/** KNET441: none of its rules can be read, or it has none. */
function withoutRules(title: string, object: ObjectRef, unread?: Unread): Path {
	const found = finding(routerFindings.objectRefused, {
		message: `${object.kind} ${object.namespace}/${object.name} has no rule that can be read: it takes no request.`,
		evidence: [objectField(object, unread?.field ?? 'spec', unread?.value ?? 'no rule')],
		remedy: unread
			? `Correct ${unread.field}: ${unread.why}.`
			: 'Correct its rules; the log of the controller names what it could not read.',
		command: describe(object),
		severity: 'error',
	});
	return ended(title, object, found);
}

const namesNoHost: NoRequest = {
	field: 'spec',
	value: 'no host',
	why: 'it names no host, and no object that does includes it',
	isOpen: false,
};

/** KNET442: no request leads to the object. */
function orphaned(title: string, object: ObjectRef, {field, value, why, isOpen}: NoRequest): Path {
	const found = finding(routerFindings.objectOrphaned, {
		message: `${object.kind} ${object.namespace}/${object.name} takes no request: ${why}.`,
		evidence: [objectField(object, field, value)],
		remedy: isOpen
			? 'Ask from a client that it is for.'
			: 'Include it in an object that names a host, or give it one.',
		command: describe(object),
		severity: isOpen ? 'info' : undefined,
	});
	return ended(title, object, found, isOpen ? 'unknown' : undefined);
}

function ended(
	title: string,
	object: ObjectRef,
	found: Finding,
	status: HopStatus = statusOf([found]),
): Path {
	const hop: HopEvaluation<HopKind> = {
		hop: {
			kind: 'route',
			status,
			basis: 'objects',
			subject: object,
			summary: status === 'unknown' ? 'not known' : 'no request leads to it',
			findings: [found],
		},
		stop: status === 'unknown' ? undefined : 'no-rule',
	};
	return judge({
		title,
		hops: commonHopKinds.map((each) => (each === 'route' ? hop : notReached(each))),
	});
}
