import type {Ingress} from '../../../model/routes/ingress.ts';
import type {OpenShiftRoute} from '../../../model/routes/openshift-route.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {noMatch, taken, type RouteDecision, type RouteInput, type RuleRef} from '../../ingress/decision.ts';
import {rulesOf} from '../../ingress/rules.ts';
import {choose, fitsHost, fitsPath} from '../../openshift/choose.ts';

type Plan = {
	readonly rule: RuleRef;
	readonly route: OpenShiftRoute;
	/** Why no Route is made of the rule. */
	readonly whyNot?: string;
};

/**
Of each path of an Ingress a Route is made, and the router goes by that (openshift/route-controller-manager of 2026-08,
pkg/route/ingress/ingress.go). There are no Routes of default backends.
*/
export function routeByOpenShift(input: RouteInput): RouteDecision {
	const {request} = input;
	const plans = input.ingresses
		.flatMap(rulesOf)
		.map((rule) => ({rule, route: routeOf(rule)}))
		.filter((plan) => isOfHost(plan, request))
		.map((plan): Plan => ({...plan, whyNot: whyNoRoute(input, plan.rule)}));
	const made = plans.filter(({whyNot}) => whyNot === undefined);
	const choice = choose(
		made.map(({route}) => route),
		request,
	);
	const ruleOf = (route: OpenShiftRoute): RuleRef => made.find((plan) => plan.route === route)!.rule;
	const decision = decisionOf(choice, request, ruleOf);
	const notMade = plans
		.filter((plan) => plan.whyNot !== undefined && isOfPath(plan, request))
		.map(({rule, whyNot}) => ({rule, why: whyNot ?? '', shadowed: true, remedy}));
	return {...decision, losers: [...notMade, ...decision.losers]};
}

function decisionOf(
	choice: ReturnType<typeof choose>,
	request: HttpRequest,
	ruleOf: (route: OpenShiftRoute) => RuleRef,
): RouteDecision {
	switch (choice.type) {
		case 'redirect':
			return taken(ruleOf(choice.route), {
				redirect: {scheme: 'https', host: request.host, status: 302, location: choice.location},
			});
		case 'route':
			return taken(ruleOf(choice.route), {
				losers: choice.losers.map((route) => ({rule: ruleOf(route), why: 'the winner has the longer path'})),
			});
		case 'nothing':
			return {
				...noMatch,
				status: 503,
				losers: choice.otherScheme.map((route) => ({
					rule: ruleOf(route),
					why: `it takes no ${request.scheme}`,
					remedy: 'Set annotation route.openshift.io/termination: edge, or name a Secret in spec.tls.',
				})),
			};
	}
}

const remedy =
	'Change what keeps OpenShift from making a Route; its Event IncompleteIngressToRouteRules names it.';

function isOfHost({rule, route}: Plan, request: HttpRequest): boolean {
	return rule.host === '' || fitsHost(route, request.host);
}

function isOfPath({rule, route}: Plan, {urlPath}: HttpRequest): boolean {
	return rule.pathType === 'Exact' ? (rule.value || '/') === urlPath : fitsPath(route.path, urlPath);
}

function routeOf(rule: RuleRef): OpenShiftRoute {
	return {
		...rule.ingress,
		host: rule.host.replace(/^\*\./u, 'wildcard.').toLowerCase(),
		path: rule.value ?? '',
		wildcardPolicy: rule.host.startsWith('*.') ? 'Subdomain' : 'None',
		backends: [],
		tls: tlsOf(rule),
		ingress: [],
	};
}

function whyNoRoute({backendState, secureHosts}: RouteInput, rule: RuleRef): string | undefined {
	if (rule.host === '') {
		return 'OpenShift makes no Route of a rule without a host';
	}

	if (rule.pathType === 'Exact') {
		return 'OpenShift makes no Route of a path of type Exact';
	}

	const entry = entryFor(rule);
	if (entry && entry.secretName === undefined) {
		return 'OpenShift makes no Route for a TLS entry that names the host and no Secret';
	}

	// tlsSecretIfValid: the Route that was there is deleted.
	if (entry && secureHosts && !secureHosts.has(rule.host.toLowerCase())) {
		return `its TLS Secret ${entry.secretName} does not exist, so there is no Route`;
	}

	switch (backendState(rule.ingress, rule.backend).type) {
		case 'no-service':
			return 'its Service does not exist, so OpenShift makes no Route of it';
		case 'no-port':
			return 'its Service has no such port, so OpenShift makes no Route of it';
		case 'resource':
			return 'OpenShift makes no Route to a resource';
		case 'ready':
		case 'empty':
		case 'external-name':
		case 'not-routed':
		case 'unknown':
			return undefined;
	}
}

function entryFor({ingress, host}: RuleRef): Ingress['tls'][number] | undefined {
	return ingress.tls.find(({hosts}) => hosts.includes(host));
}

/** By annotation, by the Secret of the host, or by an entry that is empty: edge unless the annotation says otherwise. */
function tlsOf(rule: RuleRef): OpenShiftRoute['tls'] {
	const said = rule.ingress.annotations['route.openshift.io/termination'] ?? '';
	const termination = ['edge', 'passthrough', 'reencrypt'].includes(said) ? said : undefined;
	const isEmptyEntry = rule.ingress.tls.some(({hosts, secretName}) => hosts.length === 0 && !secretName);
	return termination || entryFor(rule) || isEmptyEntry
		? {termination: termination ?? 'edge', insecurePolicy: 'Redirect'}
		: undefined;
}
