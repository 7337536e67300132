import {admittedBy, type SourceLists} from '../source-lists.ts';
import type {Ingress} from '../../model/routes/ingress.ts';
import type {HttpRequest} from '../../model/request.ts';
import {askedBy} from '../credentials.ts';
import type {Redirect, RouteDecision, RouteInput, RuleRef} from '../ingress/decision.ts';
import {byElements, byText, exactly} from '../ingress/path-fits.ts';
import {routeBy, type Reading} from '../ingress/route-by.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {haproxyAnswers} from './record/answers.ts';
import {byClassObject, hasDefaultClass, isOn} from './record/classes.ts';
import {queryText} from '../query-text.ts';
import {redirectCode} from './record/https-redirect.ts';
import {specProfile} from './record/gateway-profile.ts';
import {byAnnotation} from './record/spoken-protocol.ts';
import {listensOn} from './haproxy-tech/listens-on.ts';
import {aclOf, fitsAcl} from './haproxy-tech/route-acl.ts';
import type {ControllerRecord} from './record/record.ts';
import type {Claimant, ProtocolInput, SpokenProtocol} from './record/ingress-side.ts';
import type {Flags} from './record/facts.ts';

const controllerName = 'haproxy.org/ingress-controller';

/** The entry of a map of prefixes: a path of type Prefix ends with a slash there, one of ImplementationSpecific does not. */
function keyLength({pathType, value = ''}: RuleRef): number {
	const {length} = value.replace(/\/$/u, '');
	return length === 0 || pathType === 'Prefix' ? length + 1 : length;
}

/** The map `path-exact`, then the longest entry of the map `path-prefix` (pkg/route/route.go, AddHostPathRoute). */
function order(a: RuleRef, b: RuleRef): number {
	const isExact = ({pathType}: RuleRef): number => Number(pathType === 'Exact');
	return isExact(b) - isExact(a) || keyLength(b) - keyLength(a);
}

/** Rules without a host are for hosts that no rule names: `host_match` is then empty (pkg/controller/controller.go). */
const reading: Reading = {
	paths: {
		Exact: exactly,
		Prefix: byElements,
		ImplementationSpecific: (path, urlPath) => byText(path.replace(/\/$/u, ''), urlPath),
	},
	order,
	isolatesHosts: true,
	leavesOutBroken: true,
	defaults: 'any-host',
	whyNot: ({ingress, host}, _request, {settings}) =>
		host === '' && passesTls(settingsOf(ingress, settings))
			? 'annotation ssl-passthrough needs the host of a rule'
			: undefined,
	whyNotIsFinal: true,
	whyNotRemedy: 'Give the rule a host, or remove annotation haproxy.org/ssl-passthrough.',
};

/** haproxytech/kubernetes-ingress. */
export const haproxyTech: ControllerRecord = {
	implementation: 'HAProxy Kubernetes Ingress Controller',
	sources: [
		'haproxytech/kubernetes-ingress 3.2: pkg/ingress/ingress.go, pkg/route/route.go, pkg/controller/controller.go, pkg/handler/https.go, pkg/service/service.go, pkg/annotations/ingress, pkg/annotations/common/main.go, pkg/utils/flags.go, pkg/controller/global.go',
	],
	images: ['haproxytech/kubernetes-ingress'],
	names: ['kubernetes-ingress'],
	flags: ['ingress.class', 'configmap-tcp-services'],
	annotations: ['haproxy.org/'],
	listensOn,
	// Its keys are the defaults of annotations (pkg/annotations).
	settings: {
		type: 'keys',
		flag: 'configmap',
		usualNames: ['haproxy-kubernetes-ingress'],
		mayBe: {'ssl-redirect': ['false', 'true']},
	},
	ingress: {
		profile: 'haproxy-tech',
		controllerNames: [controllerName, `${controllerName}/`],
		speaks,
		annotationClasses: ['haproxy'],
		classFlag: 'ingress.class',
		// pkg/store/store.go, isRelevantNamespace.
		namespaceFlag: 'namespace-whitelist',
		exceptedNamespaceFlag: 'namespace-blacklist',
		takes,
		route,
		// pkg/k8s/main.go: such a Service is not stored, so its rule is left out.
		whyNotRouted: ({type}, flags) =>
			type === 'ExternalName' && isOn(flags['disable-service-external-name'])
				? 'it is of type ExternalName (disable-service-external-name)'
				: undefined,
		// handlePath: without the Service or its port there is no route, and the default backend answers.
		leavesOutBroken: true,
		passesTls: (ingress) => passesTls(settingsOf(ingress, {})),
		bypassesProxy: () => true,
		answers: () => ({...haproxyAnswers, 'no-backend': 'http-404'}),
		unknowns: () => [],
	},
	gateway: {
		controllerNames: ['haproxy.org/'],
		gatewayLabels: [],
		names: ['kubernetes-ingress'],
		bypassesProxy: true,
		profile: () => specProfile,
		answers: () => haproxyAnswers,
	},
};

/** Redirects stand in the frontends, before a backend is chosen. */
function route(input: RouteInput): RouteDecision {
	const decision = decide(input);
	const {request, settings} = input;
	const own = decision.matched?.ingress;
	if (!own) {
		return withDefaultService(decision, settings);
	}

	const settingOf = settingsOf(own, settings);
	const redirect = toHttps(own, request, settingOf) ?? toHost(request, settingOf);
	return redirect
		? {...decision, redirect}
		: {
				...decision,
				assumption:
					decision.assumption ?? doubtOf(settingOf, request) ?? clientsMayBeRefused(settings, request),
				sources: sourcesOf(own, settingOf),
				asked: settingOf('auth-type')
					? askedBy('annotation auth-type', own, settingOf('auth-secret') ?? '')
					: undefined,
			};
}

/** A rule with a condition goes before all without: `use_backend` stands before the maps (pkg/route/route.go, AddCustomRoute). */
function decide(input: RouteInput): RouteDecision {
	const rank = (rule: RuleRef): number => Number(aclOf(rule, input) !== undefined);
	const decision = routeBy({
		all: [
			{
				...reading,
				order: (a, b) => rank(b) - rank(a) || order(a, b),
				whyNot: (rule, request, asked) =>
					fitsAcl(rule, input) ? reading.whyNot?.(rule, request, asked) : wantsMore,
			},
		],
	})(input);
	const isConditional = decision.matched !== undefined && rank(decision.matched) > 0;
	const losers = decision.losers.map((each) =>
		each.why === wantsMore
			? {...each, shadowed: undefined, remedy: sendMore, isMeant: true as const}
			: {...each, isMeant: isConditional ? (true as const) : undefined},
	);
	const isOpen = losers.some(({rule, why}) => why === wantsMore && fitsAcl(rule, input) === undefined);
	return {...decision, losers, assumption: isOpen ? readsNoAcl : decision.assumption};
}

const wantsMore = 'annotation haproxy.org/route-acl of its Service asks more of a request';

const sendMore = 'Send what that annotation asks for, or name a Service without it.';

const readsNoAcl = 'annotation haproxy.org/route-acl of a Service, whose condition is not read';

/** The connection of the client goes on by its server name, and the TLS in it (pkg/handler/https.go, SSLPassthrough). */
function speaks(input: ProtocolInput, flags: Flags): SpokenProtocol {
	return input.scheme === 'https' && passesTls(settingsOf(input.ingress, flags))
		? {tls: true, setBy: 'annotation haproxy.org/ssl-passthrough'}
		: byAnnotation('haproxy.org/server-ssl')(input);
}

type Setting = (name: string) => string | undefined;

function settingsOf(ingress: Ingress, settings: Readonly<Record<string, string>>): Setting {
	return (name) => valueOf(ingress, name) ?? settings[name];
}

function passesTls(settingOf: Setting): boolean {
	return isOn(settingOf('ssl-passthrough') ?? 'false');
}

/** httpsRedirect.go: by annotation, else by the ConfigMap, else where the Ingress has TLS; to port 8443 unless told otherwise. */
function toHttps(own: Ingress, request: HttpRequest, settingOf: Setting): Redirect | undefined {
	const said = settingOf('ssl-redirect');
	const {host, urlPath} = request;
	const port = settingOf('ssl-redirect-port') ?? '8443';
	return request.scheme === 'http' && (said ? isOn(said) : own.tls.length > 0)
		? {
				scheme: 'https',
				host,
				status: redirectCode(settingOf('ssl-redirect-code'), 302),
				location: `https://${host}:${port}${urlPath}${queryText(request)}`,
			}
		: undefined;
}

/** hostRedirect.go: to another host, whatever the path. */
function toHost(request: HttpRequest, settingOf: Setting): Redirect | undefined {
	const to = settingOf('request-redirect');
	const {scheme = 'http', host} = /^(?:(?<scheme>https?):\/\/)?(?<host>.+)$/u.exec(to ?? '')?.groups ?? {};
	return host
		? {
				scheme,
				host,
				status: redirectCode(settingOf('request-redirect-code'), 302),
				location: `${scheme}://${host}${request.urlPath}${queryText(request)}`,
			}
		: undefined;
}

/** A list with something that is no address is left out (accessControl.go). */
function sourcesOf({annotations}: Ingress, settingOf: Setting): SourceLists | undefined {
	const list = (...names: readonly string[]): string | undefined => {
		const text = names.map(settingOf).find(Boolean);
		const isOne = text?.split(',').every((each) => /^[\da-f.:]+(?:\/\d+)?$/iu.test(each.trim()));
		return isOne ? text : undefined;
	};
	const [allowed, denied] = [list('allow-list', 'whitelist'), list('deny-list', 'blacklist')];
	const name = allowed ? /\/(?:allow-list|whitelist)$/u : /\/(?:deny-list|blacklist)$/u;
	const annotation = Object.keys(annotations).find((each) => name.test(each));
	return admittedBy({allowed, denied}) === 'everybody'
		? undefined
		: {by: annotation ? `annotation ${annotation}` : 'the ConfigMap', annotation, allowed, denied};
}

/** Why it is not known whether the backend is asked; undefined where nothing stands before it (accessControl.go). */
function doubtOf(settingOf: Setting, {scheme}: HttpRequest): string | undefined {
	const list = ['deny-list', 'blacklist', 'allow-list', 'whitelist'].find((name) =>
		settingOf(name)?.startsWith('patterns/'),
	);
	return (
		(list && `annotation ${list} names a file of addresses, which is not read`) ??
		// haproxytech/kubernetes-ingress#466: its backend is of mode tcp.
		(scheme === 'http' && passesTls(settingOf)
			? 'annotation ssl-passthrough gives https to the backend, and plain HTTP is answered by 404 or 503'
			: undefined)
	);
}

/** pkg/handler/https.go, handleClientTLSAuth: for all of https, by the ConfigMap alone. */
function clientsMayBeRefused(settings: RouteInput['settings'], {scheme}: HttpRequest): string | undefined {
	return scheme === 'https' && settings['client-ca'] && !isOn(settings['client-crt-optional'] ?? 'false')
		? 'client-ca in its ConfigMap: a client certificate'
		: undefined;
}

/** pkg/controller/global.go, handleDefaultService: the default backend of both frontends. What it answers is not asked. */
function withDefaultService(decision: RouteDecision, settings: RouteInput['settings']): RouteDecision {
	const service = settings['default-backend-service'];
	return service ? {...decision, assumption: `default-backend-service ${service}`} : decision;
}

/** GetValue: an empty annotation is none. */
function valueOf({annotations}: Ingress, name: string): string | undefined {
	return (
		['haproxy.org', 'haproxy.com', 'ingress.kubernetes.io']
			.map((prefix) => annotations[`${prefix}/${name}`])
			.find((value) => value) ?? undefined
	);
}

/** Ingress.Supported: the annotation against `--ingress.class`, else the controller value with that class behind it. */
function takes(requested: RequestedClass, claimant: Claimant): boolean | undefined {
	const {flags} = claimant;
	const own = flags['ingress.class'] ?? '';
	const controllers = [own === '' ? controllerName : `${controllerName}/${own}`];
	if (requested.annotation) {
		return requested.annotation === own;
	}

	if (requested.className !== undefined) {
		return byClassObject(requested, claimant, {controllers, usualNames: [own || 'haproxy']});
	}

	const isOwnDefault = hasDefaultClass(claimant, controllers);
	return own === ''
		? isOwnDefault || !claimant.classes?.some(({isDefault}) => isDefault)
		: isOn(flags['empty-ingress-class']) || isOwnDefault;
}
