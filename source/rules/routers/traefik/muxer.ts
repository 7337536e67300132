import type {IngressRouteTcp, TraefikRoute} from '../../../model/routes/ingress-route.ts';
import type {ObjectRef} from '../../../model/ref.ts';
import type {EntryPoint} from '../../ingress/decision.ts';
import type {Controller} from '../../controllers/record/controller.ts';
import type {RouterRule} from '../router.ts';
import {hostsOfRule} from './hosts.ts';
import {ruleFault, type Syntax} from './match.ts';
import {parseRule, whyNotRead, type RuleTree} from './parse-rule.ts';

/** A router of Traefik: made from one route of an object. */
export type Made = {
	readonly object: IngressRouteTcp;
	readonly route: TraefikRoute;
	readonly rule: RouterRule;
	readonly tree: RuleTree | undefined;
	readonly syntax: Syntax;
	readonly priority: number;
	/** Why Traefik cannot read the rule. */
	readonly fault?: string;
};

/** Routers in the order in which Traefik asks them: by priority, which is the length of the rule unless one is set. */
export function madeRouters(
	kind: string,
	objects: readonly IngressRouteTcp[],
	controller: Controller,
): readonly Made[] {
	return objects
		.flatMap((object) => {
			const all = object.routes.map((route, index) => made(kind, object, {route, index, controller}));
			// A router is called by its rule: of equal rules in an object the last one is made (makeServiceKey).
			return [...new Map(all.map((each) => [each.route.match, each])).values()];
		})
		.toSorted((a, b) => b.priority - a.priority);
}

type Place = {readonly route: TraefikRoute; readonly index: number; readonly controller: Controller};

function made(kind: string, object: IngressRouteTcp, {route, index, controller}: Place): Made {
	const tree = parseRule(route.match);
	const syntax = syntaxOf(route, controller);
	const ref: ObjectRef = {kind, namespace: object.namespace, name: object.name};
	return {
		object,
		route,
		tree,
		syntax,
		priority: route.priority || rulePriority(kind, route.match, tree),
		fault: faultOf(route, tree, syntax, kind),
		rule: {
			object: ref,
			field: `spec.routes[${index}]`,
			rule: index,
			text: route.match,
			host: (tree && hostsOfRule(tree)[0]) ?? '',
			value: route.match,
		},
	};
}

/** GetRulePriority: in bytes; a TCP rule that takes everything goes last. */
function rulePriority(kind: string, match: string, tree: RuleTree | undefined): number {
	const isCatchAll =
		kind === 'IngressRouteTCP' && tree?.type === 'call' && tree.name === 'hostsni' && tree.values[0] === '*';
	return isCatchAll ? -1 : new TextEncoder().encode(match).length;
}

/** Traefik 2 has its own matchers; Traefik 3 reads them where the route or its default asks for it. */
function syntaxOf({syntax}: TraefikRoute, {flags, version}: Controller): Syntax {
	const isOld = version?.[0] === 2;
	return isOld || (syntax || flags['core.defaultrulesyntax']) === 'v2' ? 'v2' : 'v3';
}

function faultOf(
	{kind, match}: TraefikRoute,
	tree: RuleTree | undefined,
	syntax: Syntax,
	objectKind: string,
): string | undefined {
	if (kind !== '' && kind !== 'Rule') {
		return `its kind is ${kind}, not Rule`;
	}

	if (match === '' || !tree) {
		return match === '' ? 'its match is empty' : whyNotRead(match);
	}

	return objectKind === 'IngressRoute' ? ruleFault(tree, syntax) : undefined;
}

/** A router with TLS takes https only, one without takes http only; by the entry points that it names. */
export function isReachable(
	{object}: Made,
	scheme: 'http' | 'https',
	entryPoint: EntryPoint,
	inheritsTls: boolean,
): boolean {
	const hasTls = object.tls !== undefined || (inheritsTls && entryPoint.tls);
	return isAt(entryPoint, object) && hasTls === (scheme === 'https');
}

/** Whether the routers of an object listen at an entry point. */
export function isAt(
	{name, isDefault}: EntryPoint,
	{entryPoints}: {readonly entryPoints: readonly string[]},
): boolean {
	return entryPoints.length === 0 ? isDefault : name === undefined || entryPoints.includes(name);
}
