import type {Ingress} from '../../model/ingress.ts';
import {memoize} from '../memo.ts';
import type {RouteDecision, RouteInput, RuleRef} from '../ingress/decision.ts';
import {byRegexStart, byText, exactly, longerFirst} from '../ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../ingress/route-by.ts';
import {oldestFirst} from '../ingress/rules.ts';
import {nginxAnswers} from './answers.ts';
import {isOn} from './classes.ts';
import {redirectCode, redirectedToHttps} from './https-redirect.ts';
import {byServiceList} from './spoken-protocol.ts';
import type {ControllerRecord} from './record.ts';

/** nginx/kubernetes-ingress, of F5. */
export const nginxInc: ControllerRecord = {
	implementation: 'NGINX Ingress Controller (F5)',
	sources: [
		'nginx/kubernetes-ingress 5.0: internal/k8s/controller.go (HasCorrectIngressClass), configuration.go',
	],
	images: [
		'nginx/nginx-ingress',
		'nginx-ic/nginx-ingress',
		'nginx-ic/nginx-plus-ingress',
		'nginxinc/kubernetes-ingress',
		'nginx-plus-ingress',
	],
	names: ['nginx-ingress'],
	flags: ['nginx-configmaps', 'nginx-plus', 'enable-custom-resources'],
	managed: false,
	annotations: ['nginx.org/', 'nginx.com/'],
	// Its keys are the defaults of annotations (config_params.go, configmaps.go).
	settings: {
		type: 'keys',
		flag: 'nginx-configmaps',
		usualNames: ['nginx-config', 'nginx-ingress'],
		mayBe: {'ssl-redirect': 'false'},
	},
	ingress: {
		profile: 'nginx-inc',
		controllerNames: ['nginx.org/ingress-controller'],
		refusals: ['Rejected', 'AddedOrUpdatedWithError'],
		refusalEnds: ['Rejected'],
		speaks: byServiceList('nginx.org/ssl-services', 'nginx.org/grpc-services'),
		annotationClasses: ['nginx'],
		classFlag: 'ingress-class',
		// The annotation, else the name of the class, against the flag.
		takes: ({className, annotation}, {flags}) =>
			(annotation || className) === (flags['ingress-class'] || 'nginx'),
		namespaceFlag: 'watch-namespace',
		route,
		whyWins: () => 'being the oldest: it owns the host',
		// Without a certificate for the host: `ssl_reject_handshake` (nginx.ingress.tmpl).
		tls: {missingSecret: 'handshake-fails'},
		bypassesProxy: () => true,
		answers: () => nginxAnswers,
		unknowns: () => [],
	},
};

/** createLocation: the text of the path is the location of nginx, for Prefix too (parsing_helpers.go, generateIngressPath). */
const location: PathFit = (path, urlPath, rule, budget) => {
	switch (rule?.ingress.annotations['nginx.org/path-regex'] ?? '') {
		case 'case_sensitive':
			return byRegexStart(path, urlPath, rule, budget);
		case 'case_insensitive':
			return byRegexStart(`(?i)^${path}`, urlPath, rule, budget);
		case 'exact':
			return path === urlPath;
		default:
			return byText(path, urlPath);
	}
};

const reading: Reading = {
	paths: {Exact: exactly, Prefix: location, ImplementationSpecific: location},
	order: longerFirst,
	isolatesHosts: true,
	manyLabels: true,
	defaults: 'owner',
	whyNotIsFinal: true,
	whyNotRemedy:
		'Put the path into the Ingress that owns the host, or make them master and minions (nginx.org/mergeable-ingress-type).',
};

/** configuration.go: the oldest Ingress owns a host, all others of the host are rejected; minions join a master. */
const routeAmong = memoize((ingresses: readonly Ingress[]) => {
	const owners = ownersOf(ingresses);
	const whyNot = ({ingress, host}: RuleRef): string | undefined => {
		const owner = owners.get(host.toLowerCase());
		const joins = roleOf(ingress) === 'minion' && owner && roleOf(owner) === 'master';
		return host === ''
			? 'it names no host, and this controller rejects that'
			: owner === ingress || joins
				? undefined
				: `Ingress ${owner?.namespace}/${owner?.name} owns the host, being older`;
	};
	return routeBy({all: [{...reading, whyNot}]});
});

/**
`ssl-redirect` is on by default: the server of a host with TLS sends http to https before it looks at paths (nginx.ingress.tmpl;
annotations.go reads the annotation of the owner).
*/
function route(input: RouteInput): RouteDecision {
	const decision = routeAmong(input.ingresses)(input);
	const {request, settings, ingresses} = input;
	const owner = ownersOf(ingresses).get(request.host);
	const given = owner && redirectKeys.map((key) => owner.annotations[key]).find((value) => value);
	const hasTls = owner?.tls.some(({hosts}) => hosts.some((host) => host.toLowerCase() === request.host));
	return request.scheme === 'http' && hasTls && isOn(given ?? settings['ssl-redirect'] ?? 'true')
		? redirectedToHttps(decision, request, redirectCode(settings['http-redirect-code'], 301))
		: decision;
}

const redirectKeys = ['nginx.org/ssl-redirect', 'ingress.kubernetes.io/ssl-redirect'];

/** Ties are broken by UID, which says as little as the name. */
const ownersOf = memoize((ingresses: readonly Ingress[]): ReadonlyMap<string, Ingress> => {
	const named = oldestFirst(ingresses)
		.filter((ingress) => roleOf(ingress) !== 'minion')
		.flatMap((ingress) => ingress.rules.map(({host}) => [host.toLowerCase(), ingress] as const));
	return new Map(named.toReversed());
});

function roleOf({annotations}: Ingress): string | undefined {
	return annotations['nginx.org/mergeable-ingress-type'];
}
