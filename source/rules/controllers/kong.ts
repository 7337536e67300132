import type {Ingress} from '../../model/routes/ingress.ts';
import {noMatch, type RouteDecision, type RouteInput, type RuleRef} from '../ingress/decision.ts';
import {byElements, byRegexStart, byText, exactly} from '../ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../ingress/route-by.ts';
import {criteriaOf, redirectOf, whyNotTaken} from './kong/criteria.ts';
import {listensOn} from './kong/listens-on.ts';
import {pluginsOfRule} from './kong/plugins.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {nginxAnswers} from './record/answers.ts';
import {isOn} from './record/classes.ts';
import {gatewayNameLabel, specProfile} from './record/gateway-profile.ts';
import {byServiceAnnotation} from './record/spoken-protocol.ts';
import type {ControllerRecord} from './record/record.ts';
import type {Claimant} from './record/ingress-side.ts';

/** Kong/kubernetes-ingress-controller. */
export const kong: ControllerRecord = {
	implementation: 'Kong',
	sources: [
		'Kong/kubernetes-ingress-controller 3.4: internal/annotations, internal/controllers/utils, internal/dataplane/translator/subtranslator/ingress_atc.go',
	],
	images: ['kong/kubernetes-ingress-controller', 'kong/nightly-ingress-controller'],
	names: ['ingress-kong'],
	dataPlane: ['gateway', 'proxy-kong', 'kong'],
	annotations: ['konghq.com/'],
	listensOn,
	ingress: {
		profile: 'kong',
		controllerNames: ['ingress-controllers.konghq.com/kong'],
		refusals: ['KongConfigurationTranslationFailed', 'KongConfigurationApplyFailed'],
		// Annotations reference: of Services (Kong/kubernetes-ingress-controller#406).
		speaks: byServiceAnnotation('konghq.com/protocol'),
		annotationClasses: ['kong'],
		classFlag: 'ingress-class',
		namespaceFlag: 'watch-namespace',
		takes,
		otherHosts: aliasesOf,
		guardOf: pluginsOfRule,
		route,
		bypassesProxy: () => true,
		// getK8sServicesForBackends: what does not exist is no target, and Kong finds no peer; "name resolution failed" is 503, too.
		answers: () => ({
			...nginxAnswers,
			'no-backend': 'http-503',
			unresolved: 'http-503',
			'no-endpoints': 'http-503',
		}),
		unknowns: () => [],
	},
	gateway: {
		controllerNames: ['konghq.com/'],
		gatewayLabels: [gatewayNameLabel],
		names: ['gateway', 'kong'],
		bypassesProxy: true,
		// internal/dataplane/translator does not read them, and the admission webhook refuses them.
		profile: () => ({...specProfile, backendFilter: () => 'ignored'}),
		answers: () => ({...nginxAnswers, unresolved: 'http-503', 'no-endpoints': 'http-503'}),
		// Kong/kubernetes-ingress-controller: internal/controllers/gateway, isGatewayClassControlledAndUnmanaged.
		classAnnotation: (name) =>
			name === 'konghq.com/kic-gateway-controller' ? 'konghq.com/gatewayclass-unmanaged' : undefined,
	},
};

/** Annotation or class name against the flag; without either, where the IngressClass of that name is the default. */
function takes({className, annotation}: RequestedClass, {flags, classes}: Claimant): boolean | undefined {
	const own = flags['ingress-class'] || 'kong';
	if (annotation !== undefined || className !== undefined) {
		return annotation === own || className === own;
	}

	return (
		isOn(flags['process-classless-ingress-v1']) ||
		classes?.some(({name, isDefault}) => name === own && isDefault)
	);
}

/** `/~` marks a regular expression, unless the annotation names another beginning (MaybePrependRegexPrefixForIngressV1Fn). */
function regexMark({ingress}: Pick<RuleRef, 'ingress'>): string {
	return ingress.annotations['konghq.com/regex-prefix'] ?? '/~';
}

/** pathMatcherFromIngressPath: a regular expression from the start of the path, else the text begins so. */
const ownPath: PathFit = (path, urlPath, rule, budget) => {
	const mark = rule ? regexMark(rule) : '/~';
	return path.startsWith(mark)
		? byRegexStart(path.slice(mark.length) || '/', urlPath, rule, budget)
		: byText(path, urlPath);
};

/** calculateExpressionRoutePriority: more criteria, more headers, regular expressions (Exact and Prefix are such), longer path. */
function order(a: RuleRef, b: RuleRef): number {
	const [left, right] = [criteriaOf(a.ingress), criteriaOf(b.ingress)];
	return (
		right.fields - left.fields ||
		right.headers.length - left.headers.length ||
		Number(isRegex(b)) - Number(isRegex(a)) ||
		(b.value?.length ?? 0) - (a.value?.length ?? 0)
	);
}

function isRegex(rule: RuleRef): boolean {
	const {pathType, value = ''} = rule;
	return pathType !== 'ImplementationSpecific' || value.startsWith(regexMark(rule));
}

/** host-aliases are joined to the host of each rule (internal/dataplane/kongstate/route.go, overrideHosts). */
function aliasesOf({annotations}: Ingress): readonly string[] {
	return (annotations['konghq.com/host-aliases'] ?? '')
		.split(',')
		.map((each) => each.trim())
		.filter(Boolean);
}

const reading: Reading = {
	alsoTakes: {
		hosts: ({ingress}) => aliasesOf(ingress),
		hasPaths: (rule) => regexMark(rule) !== '/~',
		endsAnyHost: true,
	},
	paths: {Exact: exactly, Prefix: byElements, ImplementationSpecific: ownPath},
	order,
	isolatesHosts: false,
	manyLabels: true,
	// getDefaultBackendService: that of the oldest Ingress is a route without a host.
	defaults: 'oldest',
	whyNotRemedy: 'Change or remove that annotation, or send what it wants.',
};

/** Criteria decide which rule takes the request; its protocols, how it is answered. */
function route(input: RouteInput): RouteDecision {
	const {settings} = input;
	const decide = routeBy({
		all: [{...reading, whyNot: (rule, request) => whyNotTaken(rule.ingress, request, settings)}],
	});
	const decision = decide(input);
	const redirect = decision.matched && redirectOf(decision.matched.ingress, input.request);
	return redirect ? {...noMatch, ...decision, ...redirect, backends: []} : decision;
}
