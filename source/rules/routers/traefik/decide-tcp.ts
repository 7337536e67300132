import {isOn} from '../../controllers/record/classes.ts';
import {entryPointOf} from '../../controllers/traefik/entry-point.ts';
import type {EntryPoint} from '../../ingress/decision.ts';
import {leftOut, type Rank} from '../../rank.ts';
import {regexBudget} from '../../regex/regex.ts';
import {shared} from '../backends.ts';
import {cutAnswers} from '../cut-answers.ts';
import {noDecision, type RouterDecision, type RouterInputOf} from '../router.ts';
import {secretProblem} from './secret-problem.ts';
import {hostsOfRule} from './hosts.ts';
import {fitsTcpRule} from './match-tcp.ts';
import {isAt, isReachable, madeRouters, type Made} from './muxer.ts';
import {parseRule} from './parse-rule.ts';
import {isEmpty, provider, reached} from './services.ts';
import {noTls, tlsOfTcp} from './tls-of-host.ts';

type Input = RouterInputOf<'IngressRouteTCP'>;

/** Which IngressRouteTCP takes a connection (pkg/server/router/tcp, ServeTCP). */
export function decideByIngressRouteTcps(input: Input): RouterDecision {
	const {snapshot, controller, request, objects} = input;
	const entryPoint = entryPointOf(snapshot, controller, request);
	const all = madeRouters('IngressRouteTCP', objects, controller);
	const isTls = request.scheme === 'https';
	const withTls = all.filter((made) => isReachable(made, 'https', entryPoint, false));
	const raw = all.filter((made) => isReachable(made, 'http', entryPoint, false));
	// Without any router for TLS on the entry point, raw ones take TLS too.
	const takesRaw = !isTls || (withTls.length === 0 && !hasHttps(input, entryPoint, undefined));
	const name = isTls ? request.host : '';
	const budget = regexBudget();
	const fitting = [...(isTls ? withTls : []), ...(takesRaw ? raw : [])].flatMap((made) => {
		const fits = made.tree && !made.fault ? fitsTcpRule(made, name, {client: input.client, budget}) : false;
		return fits === false ? [] : [{made, fits}];
	});
	const [first] = fitting;
	if (!first || (isTls && hasHttps(input, entryPoint, request.host))) {
		return noDecision;
	}

	const decision = decisionOf(input, first.made, {isTls, entryPoint});
	const losers = fitting
		.slice(1)
		.map(({made}) => ({rule: made.rule, why: `lower priority: ${made.priority}`}));
	return first.fits === undefined
		? {...decision, losers, undecided: [...decision.undecided, `whether ${first.made.route.match} takes it`]}
		: {...decision, losers};
}

/** An IngressRoute for https goes before, where it names the host; without a host: whether there is one at all. */
function hasHttps({snapshot}: Input, entryPoint: EntryPoint, host: string | undefined): boolean {
	return snapshot.list('IngressRoute').some(
		(route) =>
			isAt(entryPoint, route) &&
			(route.tls !== undefined || entryPoint.tls) &&
			route.routes.some(({match}) => {
				const tree = parseRule(match);
				const hosts = tree ? hostsOfRule(tree) : [];
				return host === undefined ? hosts.length > 0 : hosts.includes(host);
			}),
	);
}

/** HostSNI(`*`) and nothing else. */
function isCatchAll({tree}: Made): boolean {
	return tree?.type === 'call' && tree.name === 'hostsni' && tree.values[0] === '*';
}

type Came = {readonly isTls: boolean; readonly entryPoint: EntryPoint};

function decisionOf(input: Input, made: Made, {isTls, entryPoint}: Came): RouterDecision {
	const {snapshot, controller, request} = input;
	const {object, route, rule} = made;
	const {namespace} = object;
	const {flags} = controller;
	const reach = {snapshot, flags, namespace, isTcp: true};
	const services = reached(reach, route.services, `${rule.field}.services`);
	// A Service that cannot be used is left out; without any Traefik makes no router.
	const usable = services.backends.filter(
		(backend) => !backend.problem && !(services.backends.length > 1 && isEmpty(reach, backend)),
	);
	const bad = services.backends.filter(({problem}) => problem);
	const isOpened = isTls && object.tls?.passthrough === false;
	const isPassed = isTls && object.tls?.passthrough === true;
	const tls = isOpened ? tlsOfTcp({snapshot, controller, host: request.host, entryPoint}, made) : noTls;
	const rank = rankOf(made, isTls);
	if (tls.problem) {
		return {...noDecision, rule, problems: [tls.problem], rank};
	}

	return {
		...noDecision,
		rule,
		backends:
			usable.length > 0
				? [...shared(usable, 'none'), ...bad.map((backend) => ({...backend, share: 0}))]
				: bad.map((backend) => ({...backend, share: 1 / bad.length})),
		problems: object.tls?.passthrough ? [] : secretProblem(snapshot, made),
		undecided: [
			...services.undecided,
			...tls.undecided,
			...route.middlewares.map(({name}) => `what middleware ${name} does`),
		],
		changes: [isPassed ? 'TLS is passed through' : isTls ? 'TLS ends here' : 'plain TCP', ...tls.changes],
		answers: cutAnswers(isPassed, isOn(flags[`${provider}.allowemptyservices`])),
		// Without a usable Service there is no router, and what takes https besides does.
		rank: usable.every((backend) => isEmpty(reach, backend)) ? leftOut(rank) : rank,
	};
}

/** Plain TCP before all TLS, and HostSNI(`*`) behind the routers of https, whose rank is 1. */
function rankOf(made: Made, isTls: boolean): Rank {
	const ofTls = isCatchAll(made) ? 0 : 2;
	return [isTls ? ofTls : 9, made.priority];
}
