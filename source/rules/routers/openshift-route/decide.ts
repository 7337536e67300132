import type {OpenShiftRoute} from '../../../model/routes/openshift-route.ts';
import {refOf} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import type {Controller} from '../../controllers/record/controller.ts';
import {routerLabel} from '../../controllers/openshift-router.ts';
import {admissionOf, claimed, routersOf, routesOn} from '../../openshift/admission.ts';
import {choose, fitsHost, fitsPath, type RouterChoice} from '../../openshift/choose.ts';
import {
	noDecision,
	type RouterDecision,
	type RouterInputOf,
	type RouterProblem,
	type RouterRule,
} from '../router.ts';
import {routed} from './backends.ts';
import {mixedPorts} from './mixed-ports.ts';

/** What a router of OpenShift does with a request: by its own word on the Routes, then by its maps. */
export function decideByOpenShiftRoutes(input: RouterInputOf<'OpenShiftRoute'>): RouterDecision {
	const {snapshot, controller, request, objects} = input;
	const all = snapshot.list('OpenShiftRoute');
	const routerName = routerNameOf(snapshot, controller) ?? routersOf(objects)[0] ?? 'default';
	const isWhole = (route: OpenShiftRoute): boolean => missingSecret(snapshot, route) === undefined;
	const served = servedBy(routerName, all, isWhole);
	const otherPort = request.port === 80 ? 'https' : request.port === 443 ? 'http' : undefined;
	if (request.scheme === otherPort) {
		return {...noDecision, undecided: [`what the router does with ${otherPort} on port ${request.port}`]};
	}

	const decision = byChoice(snapshot, request, choose(served, request));
	const isMissed = (route: OpenShiftRoute, rule: RouterRule): boolean =>
		goesBefore(route, rule, request) && !isOfOthers(route, routerName);
	const refused = all
		.filter((route) => fitsHost(route, request.host) && !served.includes(route))
		.map((route): RouterProblem => {
			const problem = withoutSecret(snapshot, route) ?? refusal(route, routerName);
			return decision.rule
				? {...problem, taken: isMissed(route, decision.rule) ? 'instead' : 'anyway'}
				: {...problem, ends: 'no-rule'};
		});
	return {...decision, problems: [...decision.problems, ...refused]};
}

/** The longer path of a host goes first; of equal paths the Route that was admitted keeps its own. */
function goesBefore({path}: OpenShiftRoute, {value = ''}: RouterRule, {urlPath}: HttpRequest): boolean {
	return fitsPath(path, urlPath) && path.length > value.length;
}

/** Other routers serve it, and this one says nothing of it: its labels or namespace are not for this one. */
function isOfOthers(route: OpenShiftRoute, routerName: string): boolean {
	return (
		admissionOf(route).admittedBy.length > 0 && route.ingress.every((each) => each.routerName !== routerName)
	);
}

function routerNameOf(snapshot: Snapshot, {workload}: Controller): string | undefined {
	return workload?.kind === 'Deployment'
		? snapshot.get('Deployment', workload.namespace ?? '', workload.name)?.templateLabels[routerLabel]
		: undefined;
}

/** Routes that no server has seen are taken as the router would claim them. */
function servedBy(
	routerName: string,
	all: readonly OpenShiftRoute[],
	isWhole: (route: OpenShiftRoute) => boolean,
): readonly OpenShiftRoute[] {
	const own = routesOn(routerName, all);
	const planned = all.filter(
		(route) => admissionOf(route).isUnseen && route.createdAt === undefined && isWhole(route),
	);
	const possible = new Set(claimed([...own, ...planned]));
	return [...own, ...planned.filter((route) => possible.has(route))];
}

function byChoice(snapshot: Snapshot, request: HttpRequest, choice: RouterChoice): RouterDecision {
	switch (choice.type) {
		case 'redirect':
			return {
				...noDecision,
				rule: ruleOf(choice.route, request),
				redirect: {status: 302, location: choice.location},
			};
		case 'route':
			return byRoute(snapshot, request, choice);
		case 'nothing':
			return {
				...noDecision,
				problems: choice.otherScheme.slice(0, 1).map((route) => otherScheme(route, request)),
			};
	}
}

type Chosen = Extract<RouterChoice, {readonly type: 'route'}>;

function byRoute(snapshot: Snapshot, request: HttpRequest, {route, toPods, losers}: Chosen): RouterDecision {
	const {backends, undecided} = routed(snapshot, route);
	const weightless = backends.length > 0 && route.backends.every(({weight}) => weight === 0);
	const isCut = toPods === 'as-it-comes';
	return {
		...noDecision,
		rule: ruleOf(route, request),
		backends,
		losers: losers.map((loser) => ({
			rule: ruleOf(loser, request),
			why: 'a longer path, or a name, goes first',
		})),
		problems: [...(weightless ? [allZero(route)] : []), ...mixedPorts(snapshot, route)],
		undecided,
		changes: [...changesOf(route, toPods), ...allowList(route)],
		answers: isCut
			? {
					'no-backend': 'tls-error',
					'no-rule': 'tls-error',
					'no-endpoints': 'tls-error',
					refused: 'tls-error',
					reset: 'tls-error',
					unreachable: 'tls-error',
					dropped: 'tls-error',
				}
			: undefined,
	};
}

function ruleOf(route: OpenShiftRoute, {host}: HttpRequest): RouterRule {
	const {path, tls} = route;
	const termination = tls?.termination ? `, ${tls.termination}` : '';
	return {
		object: refOf('OpenShiftRoute', route),
		field: path === '' ? 'spec.host' : 'spec.path',
		text: `path ${path || '/'}${termination}`,
		host: route.wildcardPolicy === 'Subdomain' ? route.host : host,
		pathType: 'Prefix',
		value: path || '/',
	};
}

function changesOf({annotations}: OpenShiftRoute, toPods: Chosen['toPods']): readonly string[] {
	const target = annotations[`${own}rewrite-target`];
	return [
		...(toPods === 'https' ? ['TLS ends at the router, and a new one is opened to the pods'] : []),
		...(toPods === 'as-it-comes' ? ['TLS goes on to the pods as it comes'] : []),
		...(target === undefined ? [] : [`the path is rewritten to ${target}`]),
		...(annotations[`${own}rate-limit-connections`] === 'true'
			? ['connections of a client are limited']
			: []),
	];
}

const own = 'haproxy.router.openshift.io/';

/** Connections of other addresses are cut. */
function allowList({annotations}: OpenShiftRoute): readonly string[] {
	const name = ['ip_allowlist', 'ip_whitelist'].find((each) => annotations[`${own}${each}`] !== undefined);
	return name === undefined
		? []
		: [`annotation ${own}${name} cuts connections of clients that it does not list`];
}

function allZero(route: OpenShiftRoute): RouterProblem {
	return {
		type: 'refused',
		object: refOf('OpenShiftRoute', route),
		field: 'spec.to.weight',
		value: '0',
		why: 'all its weights are 0, so it answers 503',
		remedy: 'Give a backend a weight above 0.',
		ends: 'no-rule',
	};
}

/** They fit host and path, and not the scheme that was used. */
function otherScheme(route: OpenShiftRoute, {scheme}: HttpRequest): RouterProblem {
	const object = refOf('OpenShiftRoute', route);
	return scheme === 'https'
		? {
				type: 'refused',
				object,
				field: 'spec.tls',
				value: 'absent',
				why: 'it has no tls, so it takes no https',
				remedy: 'Add tls to the Route, or use http.',
				ends: 'no-rule',
			}
		: {
				type: 'refused',
				object,
				field: 'spec.tls.insecureEdgeTerminationPolicy',
				value: route.tls?.insecurePolicy || 'absent',
				why: 'its insecureEdgeTerminationPolicy neither allows nor redirects http',
				remedy: 'Set it to Redirect or Allow, or use https.',
				ends: 'no-rule',
			};
}

/** RouteSecretManager (pkg/router/controller/route_secret_manager.go): without its Secret a Route is rejected. */
function missingSecret(snapshot: Snapshot, {namespace, tls}: OpenShiftRoute): string | undefined {
	const name = tls?.externalCertificate;
	return name !== undefined && 'missing' in lookup(snapshot, 'Secret', namespace, name) ? name : undefined;
}

/** What the router said of it goes first. */
function withoutSecret(snapshot: Snapshot, route: OpenShiftRoute): RouterProblem | undefined {
	const name = admissionOf(route).isUnseen ? missingSecret(snapshot, route) : undefined;
	return name === undefined
		? undefined
		: {
				type: 'refused',
				object: refOf('OpenShiftRoute', route),
				field: 'spec.tls.externalCertificate.name',
				value: name,
				why: `Secret ${route.namespace}/${name} of its certificate does not exist`,
				remedy: `Create Secret ${name} of type kubernetes.io/tls, which the router may read.`,
			};
}

/** What the router said of a Route that it does not serve. */
function refusal(route: OpenShiftRoute, routerName: string): RouterProblem {
	const object = refOf('OpenShiftRoute', route);
	const index = route.ingress.findIndex((each) => each.routerName === routerName);
	const said = admissionOf(route).refusals.find((each) => each.routerName === routerName)?.condition;
	return said
		? {
				type: 'refused',
				object,
				field: `status.ingress[${index}].conditions[Admitted].reason`,
				value: said.reason,
				why: `${said.reason}${said.message ? `: "${said.message}"` : ''}`,
				remedy: 'Correct what the reason says; the oldest Route of a host and path has it.',
			}
		: {
				type: 'refused',
				object,
				field: 'status.ingress',
				value:
					route.ingress.length === 0 ? 'absent' : route.ingress.map((each) => each.routerName).join(', '),
				why: `router ${routerName} has not admitted it`,
				remedy:
					'Compare its labels and namespace with routeSelector and namespaceSelector of the IngressController.',
			};
}
