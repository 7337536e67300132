import {isKnown} from '../../../model/snapshot.ts';
import {controllerFindings} from '../../controller/catalogue.ts';
import {stopAtUnknownHost} from '../../controller/unknown-host.ts';
import {finding, type Finding} from '../../finding.ts';
import type {HopEvaluation} from '../../hop-evaluator.ts';
import {commonHopKinds, type HopKind} from '../../hop-kind.ts';
import {statusOf} from '../../hop-status.ts';
import type {Path} from '../../report.ts';
import {routeFindings} from '../../route/catalogue.ts';
import {parentFindings} from '../../route/gateway/refused/parent-findings.ts';
import type {UrlTarget} from '../../target.ts';
import type {WalkContext} from '../context.ts';
import {nearestHosts} from './nearest-hosts.ts';
import type {Focus} from './only-route.ts';
import type {Frontend} from './frontend.ts';
import {heldByOthers, otherRouters} from './other-routers.ts';
import {judge} from '../path-verdict.ts';
import {notReached} from '../skipped.ts';
import {unknownPath} from '../unknown-path.ts';

type Asked = {readonly title: string; readonly target: UrlTarget; readonly focus?: Focus};

/** No frontend has the host: another router may, a route of it may lead to no Gateway, or nothing names it. */
export function withoutFrontend(context: WalkContext, {title, target, focus}: Asked): Path {
	const {snapshot, namespace} = context;
	const parents = parentFindings(snapshot, target.request.host, {namespace, ...focus});
	const unread = (['Ingress', 'HTTPRoute', 'GRPCRoute', 'Gateway'] as const)
		.map((kind) => ({kind, state: snapshot.state(kind, namespace)}))
		.find(({state}) => !isKnown(state));
	if (unread && parents.length === 0) {
		const [meant] = nearestHosts(snapshot, target.request.host);
		return unknownPath(title, {hop: 'route', ...unread, namespace, meant});
	}

	const others = parents.length > 0 ? [] : otherRouters(snapshot, target.request.host, namespace);
	const routeHop =
		parents.length > 0
			? withoutGateway(parents)
			: others.length > 0
				? byOthers(others, target)
				: noRule(context, target);
	const hops = commonHopKinds.map((kind) => (kind === 'route' ? routeHop : notReached(kind)));
	return judge({title, hops});
}

/** What names the host is refused, and an object that is not followed may hold it. */
export function heldElsewhere(
	{snapshot}: WalkContext,
	{title, target, focus}: Asked,
	frontends: readonly Frontend[],
): Path | undefined {
	const refused = frontends.map(({routeHop}) =>
		routeHop.hop.findings.filter(
			({code, severity}) => code === controllerFindings.controllerSays.code && severity === 'error',
		),
	);
	if (focus?.object || refused.length === 0 || refused.some(({length}) => length === 0)) {
		return undefined;
	}

	const others = heldByOthers(snapshot, target.request.host);
	const told = refused.flat().map((found): Finding => ({...found, severity: 'info'}));
	const hop = byOthers([...others, ...told], target);
	const hops = commonHopKinds.map((kind) => (kind === 'route' ? hop : notReached(kind)));
	return others.length > 0 ? judge({title, hops}) : undefined;
}

/** Routes name the host, and none of their parents leads to a Gateway. */
function withoutGateway(findings: readonly Finding[]): HopEvaluation<HopKind> {
	const summary = 'no Gateway serves the routes of the host';
	return {hop: {kind: 'route', status: statusOf(findings), basis: 'objects', summary, findings}};
}

/** What another router does with the host is not followed. */
function byOthers(findings: readonly Finding[], {request}: UrlTarget): HopEvaluation<HopKind> {
	const summary = `no rule for ${request.host} that knet follows`;
	return {hop: {kind: 'route', status: 'unknown', basis: 'objects', summary, findings}};
}

function noRule(context: WalkContext, {request}: UrlTarget): HopEvaluation<HopKind> {
	const nearest = nearestHosts(context.snapshot, request.host);
	const where =
		request.connectTo !== undefined
			? `at ${request.connectTo}`
			: context.namespace === undefined
				? 'in any namespace'
				: `in namespace ${context.namespace}`;
	const isElsewhere = nearest[0]?.host === request.host;
	const found = finding(routeFindings.noRuleMatches, {
		message: `No Ingress and no route ${where} names the host ${request.host}${isElsewhere ? '; it is served elsewhere' : nearest[0] ? `; the nearest is ${nearest[0].host}` : ''}.`,
		evidence:
			nearest.length > 0
				? nearest.map(({object, path, host}) => ({object, path, value: host}))
				: [{object: 'Ingress/*', path: 'spec.rules[].host', value: `none is like ${request.host}`}],
		remedy: isElsewhere
			? 'Ask the address of the controller that serves the host.'
			: 'Check the spelling of the host, or add a rule for it.',
		command: 'kubectl get ingress,httproute -A',
	});
	return {
		hop: {
			kind: 'route',
			status: 'broken',
			basis: 'objects',
			summary: `no rule for ${request.host}`,
			findings: [found],
		},
		stop: stopAtUnknownHost(context.snapshot),
	};
}
