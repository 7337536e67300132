import type {HttpProxy} from '../../../model/routes/http-proxy.ts';
import {refOf} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {isDelegated} from '../../controllers/contour/delegation.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {labelOfWildcard, matchHost, sentLabel} from '../../host-match.ts';
import {envoyPath} from '../../ingress/url-path.ts';
import {regexBudget, type RegexBudget} from '../../regex/regex.ts';
import {allHold} from '../../three-valued.ts';
import {noDecision, type RouterDecision} from '../router.ts';
import {fitsHeader, fitsPath, fitsQuery} from './conditions.ts';
import {inOrder} from './order.ts';
import {flattened, type FlatRoute, type Flattened} from './routes.ts';
import {hostProblem, rootsFor, secretOf} from './virtual-host.ts';
import {wordOfContour} from './word.ts';
import type {Input} from './backend.ts';
import {byTcp} from './by-tcp.ts';
import {decisionOf} from './by-route.ts';
type Found = Flattened & {readonly root: HttpProxy};

/** Which route of Contour's virtual host takes a request. One that Contour does not make leaves the host to a wildcard. */
export function decideByProxies(input: Input): RouterDecision {
	const {request, objects} = input;
	const [first, ...rest] = rootsFor(objects, request.host).map((roots) => ofHost(input, roots));
	if (!first) {
		return noDecision;
	}

	const made = first.isMade ? first : rest.find(({isMade}) => isMade);
	return made && made !== first
		? {...made.decision, problems: [...withoutEnd(first.decision), ...made.decision.problems]}
		: first.decision;
}

function withoutEnd({problems}: RouterDecision): RouterDecision['problems'] {
	return problems.map((problem) => ({...problem, ends: undefined}));
}

type OfHost = {readonly isMade: boolean; readonly decision: RouterDecision};

function ofHost(input: Input, roots: readonly HttpProxy[]): OfHost {
	const {snapshot, request, objects} = input;
	const root = roots[0]!;
	const problem = hostProblem(snapshot, root, roots);
	if (problem) {
		const ends = request.scheme === 'https' ? 'tls-error' : 'no-rule';
		return {isMade: false, decision: {...noDecision, problems: [{...problem, ends}]}};
	}

	const find = (namespace: string, name: string): HttpProxy | undefined =>
		objects.find((proxy) => proxy.namespace === namespace && proxy.name === name);
	const found = {root, ...flattened(root, find)};
	const isTls = request.scheme === 'https';
	const decision = isTls ? overTls(input, found, find) : byRoutes(input, found);
	const taken = found.routes.find(({rule}) => rule === decision.rule);
	const undecided = [
		...decision.undecided,
		...wordOfContour(found.visited, taken),
		...delegated(snapshot, root),
	];
	const isMade = isTls ? root.virtualHost?.tls !== undefined : found.routes.length > 0;
	return {isMade, decision: {...decision, undecided}};
}

/** What Contour says of the object decides, where it has. */
function delegated(snapshot: Snapshot, root: HttpProxy): readonly string[] {
	const [namespace, name] = secretOf(root, root.virtualHost?.tls?.secretName ?? '');
	return root.currentStatus === undefined && isDelegated(snapshot, {namespace, name}, root.namespace) !== true
		? [`whether namespace ${namespace} delegates its certificate`]
		: [];
}

function overTls(
	input: Input,
	found: Found,
	find: (namespace: string, name: string) => HttpProxy | undefined,
): RouterDecision {
	const {root} = found;
	const tls = root.virtualHost?.tls;
	if (root.tcpProxy) {
		return byTcp(input, root, find);
	}

	if (!tls || tls.passthrough) {
		return {
			...noDecision,
			problems: [
				...found.problems,
				{
					type: 'no-tls',
					object: refOf('HTTPProxy', root),
					field: tls ? 'spec.tcpproxy' : 'spec.virtualhost.tls',
					value: 'absent',
					why: tls ? 'TLS is passed through, and there is no tcpproxy' : 'it has no tls',
					ends: 'tls-error',
				},
			],
		};
	}

	return byRoutes(input, found);
}

function byRoutes(input: Input, found: Found): RouterDecision {
	const request = {...input.request, urlPath: envoyPath(input.request.urlPath)};
	const budget = regexBudget();
	const isOwn = isOwnHost(found.root, request);
	const fits = found.routes
		// What Contour answers for an include that leads nowhere has no condition for the host.
		.filter(({route}) => isOwn || !route)
		.toSorted(inOrder)
		.map((route) => ({route, fit: fitsRoute(route, request, budget)}))
		.filter(({fit}) => fit !== false);
	const [first, ...rest] = fits;
	if (!first) {
		return {...noDecision, problems: found.problems};
	}

	const decided = {
		...decisionOf(input, found.root, first.route),
		losers: rest.map(({route}) => ({rule: route.rule, why: 'it ranks lower'})),
		problems: found.problems,
	};
	return first.fit === undefined
		? {...decided, undecided: [`regular expression ${first.route.path.value}`]}
		: decided;
}

/** A wildcard host takes one label: Contour adds a condition for it (wildcardDomainHeaderMatch). */
function isOwnHost({virtualHost}: HttpProxy, request: HttpRequest): boolean {
	const fit = matchHost(virtualHost?.fqdn ?? '', request.host, {wildcard: 'one-label'});
	return fit === 3 || (fit === 2 && labelOfWildcard.test(sentLabel(request)));
}

/** Undefined: a regular expression could not be judged. */
export function fitsRoute(
	{path, headers, query}: FlatRoute,
	request: HttpRequest,
	budget: RegexBudget,
): boolean | undefined {
	return allHold([
		fitsPath(path, request.urlPath, budget),
		...headers.map((condition) => fitsHeader(condition, request, budget)),
		...query.map((condition) => fitsQuery(condition, request, budget)),
	]);
}
