import {entryPointNames, entryPointOf} from '../../controllers/traefik/entry-point.ts';
import {routingPath} from '../../controllers/traefik/router.ts';
import {queryText} from '../../query-text.ts';
import {isAtLeast} from '../../version.ts';
import {leftOut} from '../../rank.ts';
import {regexBudget} from '../../regex/regex.ts';
import {noDecision, type RouterDecision, type RouterProblem} from '../router.ts';
import {hostsOfRule} from './hosts.ts';
import {fitsRule, type Asked} from './match.ts';
import {isReachable, madeRouters, type Made} from './muxer.ts';
import {secretProblem} from './secret-problem.ts';
import {isEmpty, type Reached} from './services.ts';
import {tlsOfHost, type TlsOfHost} from './tls-of-host.ts';
import {
	type Input,
	type Candidate,
	rankOf,
	isBefore,
	whyLower,
	tieOf,
	candidateOf,
	broken,
	refusedProblem,
} from './candidate.ts';

/** Which router of IngressRoutes takes a request, and what its middlewares and services make of it. */
export function decideByIngressRoutes(input: Input): RouterDecision {
	const {snapshot, controller, request} = input;
	const entryPoint = entryPointOf(snapshot, controller, request);
	const {redirect} = entryPoint;
	if (redirect) {
		const usual =
			redirect.port === undefined || redirect.port === (redirect.scheme === 'https' ? '443' : '80');
		const location = `${redirect.scheme}://${request.host}${usual ? '' : `:${redirect.port}`}${request.urlPath}${queryText(request)}`;
		const [forGood, forNow] = request.method === 'GET' ? [301, 302] : [308, 307];
		const behind = decideByIngressRoutes({...input, request: {...request, scheme: 'https', port: 443}});
		const problems = behind.problems.filter(({ends}) => ends !== 'tls-error');
		return {
			...behind,
			problems,
			redirect: {status: redirect.permanent ? forGood : forNow, location},
			backends: [],
		};
	}

	const roots = input.objects.filter(({hasParents}) => !hasParents);
	const all = madeRouters('IngressRoute', roots, controller);
	const reachable = all.filter((made) => isReachable(made, request.scheme, entryPoint, true));
	const asked = {
		request,
		routingPath: routingPath(request.urlPath),
		client: input.client,
		budget: regexBudget(),
		hasWildcards: isAtLeast(controller.version, [3, 7, 0]),
	};
	const decision = chosen(input, judged(reachable, asked));
	const problems = [
		...decision.problems,
		...unreadOf(reachable, request.host),
		...withoutEntryPoint(all, input).map((problem) => ({
			...problem,
			ends: decision.rule ? undefined : ('no-rule' as const),
		})),
	];
	const whole = {...decision, problems};
	return request.scheme === 'https'
		? withTls(whole, tlsOfHost({snapshot, controller, host: request.host, entryPoint}, reachable))
		: whole;
}

/** The handshake comes before the rule: where it ends, nothing else is of use. */
function withTls(decision: RouterDecision, {problem, changes, undecided}: TlsOfHost): RouterDecision {
	const {rule, losers} = decision;
	return problem
		? {...noDecision, rule, losers, problems: [problem], rank: [3, 0]}
		: {
				...decision,
				changes: [...decision.changes, ...changes],
				undecided: [...decision.undecided, ...undecided],
			};
}

/** Rules for this host that Traefik makes no router of, whatever they were to take. */
function unreadOf(reachable: readonly Made[], host: string): readonly RouterProblem[] {
	return reachable
		.filter(({fault, tree}) => fault !== undefined && tree && hostsOfRule(tree).includes(host))
		.slice(0, 3)
		.map(({rule: {object, field}, route, fault = ''}) => ({
			type: 'refused',
			object,
			field,
			value: route.match,
			why: fault,
		}));
}

/** Traefik makes it by itself for its API, ping and metrics (pkg/config/static, DefaultInternalEntryPointName). */
const internal = 'traefik';

/** Objects for this host that name no entry point of Traefik (pkg/config/runtime/runtime_http.go: "no valid entryPoint for this router"). */
function withoutEntryPoint(all: readonly Made[], {controller, request}: Input): readonly RouterProblem[] {
	const names = entryPointNames(controller.flags);
	if (names.length === 0 || controller.unreadSettings !== undefined) {
		return [];
	}

	return all
		.filter(
			({object: {entryPoints}, tree}) =>
				entryPoints.length > 0 &&
				!entryPoints.some((name) => name === internal || names.includes(name.toLowerCase())) &&
				tree &&
				hostsOfRule(tree).includes(request.host),
		)
		.slice(0, 3)
		.map(({object: {entryPoints}, rule: {object}}) => ({
			type: 'refused',
			object,
			field: 'spec.entryPoints',
			value: entryPoints.join(', '),
			why: `Traefik has no entry point ${entryPoints.join(', ')}`,
			remedy: `Name entry points that it has: ${names.join(', ')}.`,
		}));
}

type Judged = {readonly made: Made; readonly fits: true | undefined};

function judged(all: readonly Made[], asked: Asked): readonly Judged[] {
	return all.flatMap((made) => {
		const fits = made.tree && !made.fault ? fitsRule(made.tree, asked, made.syntax) : false;
		return fits === false ? [] : [{made, fits}];
	});
}

function chosen(input: Input, all: readonly Judged[]): RouterDecision {
	const {scheme} = input.request;
	const candidates = all.map(({made}) => candidateOf(input, made));
	const usable = candidates.filter(({fault}) => fault === undefined);
	const full = usable.find((candidate) => !isWithoutEndpoints(input, candidate));
	const winner = full ?? usable[0];
	const first = candidates[0];
	if (!first) {
		return noDecision;
	}

	// What is not known and goes before the winner leaves all open.
	const open = all.filter(
		({made, fits}) => fits === undefined && made.priority >= (winner?.made.priority ?? -Infinity),
	);
	const undecided = open.map(({made}) => `whether ${made.route.match} takes the request`);
	const passedOver = candidates.filter(
		(candidate) => candidate.fault !== undefined && isBefore(candidate, winner),
	);
	const losers = candidates
		.filter((candidate) => candidate !== (winner ?? first))
		.map((candidate) => ({rule: candidate.made.rule, why: whyLower(candidate, winner)}));
	const decided = winner ? taken(input, winner) : broken(first);
	const tie = winner ? tieOf(usable, winner) : [];
	return {
		...decided,
		losers,
		problems: [
			...passedOver
				.filter((candidate) => winner !== undefined || candidate !== first)
				.map((candidate) => refusedProblem(candidate)),
			...decided.problems,
		],
		undecided: [...decided.undecided, ...undecided, ...tie],
		rank: full ? rankOf(full, scheme) : leftOut(rankOf(winner ?? first, scheme)),
	};
}

/** Traefik makes no router to a Service without endpoints; one of a lower priority then answers. */
function isWithoutEndpoints({snapshot, controller}: Input, {reached: {backends}, made}: Candidate): boolean {
	const {namespace} = made.object;
	return backends.some((backend) => isEmpty({snapshot, flags: controller.flags, namespace}, backend));
}

function taken({snapshot}: Input, {made, passed, reached: services}: Candidate): RouterDecision {
	const {redirect, answer, changes} = passed;
	const isChild = made.route.services.length === 0;
	const undecided = [
		...passed.undecided,
		...((redirect ?? answer) ? [] : services.undecided),
		...(isChild ? ['which child of this IngressRoute takes the request'] : []),
	];
	return {
		...noDecision,
		rule: made.rule,
		backends: (redirect ?? answer) ? [] : services.backends,
		redirect,
		answer: answer ?? answerOf(services, isChild),
		changes,
		problems: secretProblem(snapshot, made),
		undecided,
	};
}

function answerOf({internal, backends}: Reached, isChild: boolean): RouterDecision['answer'] {
	if (internal !== undefined) {
		return {status: 200, why: `its service is ${internal}`};
	}

	return !isChild && backends.length > 0 && backends.every(({share}) => share === 0)
		? {status: 503, why: 'all its weights are 0'}
		: undefined;
}
