import type {Ingress} from '../../../../model/routes/ingress.ts';
import type {RuleRef} from '../../../ingress/decision.ts';
import {indexByHost, type HostIndex} from '../../../ingress/host-index.ts';
import {mostForPath} from '../../../ingress/most-for-path.ts';
import {defaultRule, oldestFirst, rulesOf} from '../../../ingress/rules.ts';
import {memoizeBy} from '../../../memoize.ts';
import {aliasesOf, annotationOf, isCanary, isTrue, wwwTwins} from '../../ingress-nginx/annotations.ts';
import {isOn} from '../../record/classes.ts';
import type {Flags} from '../../record/facts.ts';
import {isBefore, type Version} from '../../../version.ts';
import {hostText, pathText, quote, type Router} from '../router.ts';
import {firstWithAll, nginxProvider} from './settings.ts';

/** What the provider makes of all Ingresses that it takes. */
export type NginxConfiguration = {
	readonly isOld: boolean;
	/** Routers that may be for a host and a path of it. */
	readonly routersFor: HostIndex<Router>;
	readonly served: readonly Ingress[];
	readonly leftOut: ReadonlyMap<Ingress, LeftOut>;
	readonly canaries: readonly RuleRef[];
	/** Names that are redirected to a host: `from-to-www-redirect`. */
	readonly twins: ReadonlyMap<string, string>;
};

type LeftOut = {readonly why: string; readonly remedy: string};

const flags = ['allowsnippetannotations', 'strictvalidatepathtype'].map((name) => `${nginxProvider}.${name}`);

/** Walks of one list ask with the same settings and version. */
export function nginxConfigurationOf(
	ingresses: readonly Ingress[],
	settings: Flags,
	version: Version | undefined,
): NginxConfiguration {
	return made(
		ingresses,
		JSON.stringify([isBefore(version, firstWithAll), flags.map((flag) => settings[flag])]),
	);
}

const made = memoizeBy((ingresses: readonly Ingress[], key: string): NginxConfiguration => {
	const [isOld, [snippets, strict]] = JSON.parse(key) as [boolean, readonly (string | null)[]];
	const all = oldestFirst(ingresses);
	const leftOut = new Map(
		isOld
			? []
			: all.flatMap((ingress) => {
					const why = whyLeftOut(ingress, {
						snippets: isOn(snippets ?? undefined),
						strict: isOn(strict ?? 'true'),
					});
					return why ? [[ingress, why] as const] : [];
				}),
	);
	const read = all.filter((ingress) => !leftOut.has(ingress));
	// 3.6 does not know canaries.
	const [canaries, served] = [
		read.filter((ingress) => !isOld && isCanary(ingress, {})),
		read.filter((ingress) => isOld || !isCanary(ingress, {})),
	];
	return {
		isOld,
		served,
		leftOut,
		canaries: canaries.flatMap(rulesOf),
		twins: isOld ? new Map() : wwwTwins(served, hostsOf(served)),
		routersFor: indexByHost(
			routersOf(served, isOld),
			({host}) => [host],
			({matcher, path}) => (matcher === 'PathRegexp' ? '' : path.replace(/(?<=.)\/$/u, '')),
			mostForPath + 1,
		),
	};
});

const plainPath = /^\/[a-z0-9._\-/]*$/iu;

/** Provider.validateIngress of 3.7. */
function whyLeftOut(
	ingress: Ingress,
	{snippets, strict}: {readonly snippets: boolean; readonly strict: boolean},
): LeftOut | undefined {
	// Only the presence of a snippet is kept, not its text.
	const snippet = ['server-snippet', 'configuration-snippet', 'auth-snippet'].find(
		(name) => annotationOf(ingress, name) !== undefined,
	);
	if (snippet && !snippets) {
		return {
			why: `Traefik leaves out Ingresses with ${snippet}`,
			remedy: `Remove annotation ${snippet}, or set --${nginxProvider}.allowSnippetAnnotations.`,
		};
	}

	const odd = rulesOf(ingress).find(
		({value = '', pathType}) =>
			strict && value !== '' && pathType !== 'ImplementationSpecific' && !plainPath.test(value),
	);
	return (
		odd && {
			why: `Traefik leaves out Ingresses with a path such as ${odd.value} of type ${odd.pathType}`,
			remedy: 'Set pathType: ImplementationSpecific for regular expressions.',
		}
	);
}

function routersOf(ingresses: readonly Ingress[], isOld: boolean): readonly Router[] {
	const ofRegex = new Set(
		ingresses
			.filter((ingress) => usesRegex(ingress, isOld))
			.flatMap((ingress) => ingress.rules.map(({host}) => host)),
	);
	const named = hostsOf(ingresses);
	return ingresses
		.filter((ingress) => !isTrue(annotationOf(ingress, 'ssl-passthrough')))
		.flatMap((ingress) => {
			const isRegex = (host: string): boolean => (isOld ? usesRegex(ingress, true) : ofRegex.has(host));
			const aliases = isOld ? [] : aliasesOf(ingress).filter((alias) => !named.has(alias.toLowerCase()));
			return [...rulesOf(ingress), ...hostDefaults(ingress)].flatMap((rule) =>
				routersOfRule(rule, {isOld, isRegex: isRegex(rule.host), aliases}),
			);
		});
}

function hostsOf(ingresses: readonly Ingress[]): ReadonlySet<string> {
	return new Set(ingresses.flatMap(({rules}) => rules.map(({host}) => host.toLowerCase())));
}

/** Since 3.7 a rewrite makes the paths of its host regular expressions, as in ingress-nginx. */
function usesRegex(ingress: Ingress, isOld: boolean): boolean {
	return (
		isTrue(annotationOf(ingress, 'use-regex')) ||
		(!isOld && (annotationOf(ingress, 'rewrite-target') ?? '') !== '')
	);
}

/** A default backend beside rules answers what no path of their hosts takes. */
function hostDefaults(ingress: Ingress): readonly RuleRef[] {
	const rule = defaultRule(ingress);
	const hosts = new Set(ingress.rules.map(({host}) => host).filter(Boolean));
	return rule ? [...hosts].map((host) => ({...rule, host})) : [];
}

/** One for each name. */
function routersOfRule(
	rule: RuleRef,
	{
		isOld,
		isRegex,
		aliases,
	}: {readonly isOld: boolean; readonly isRegex: boolean; readonly aliases: readonly string[]},
): readonly Router[] {
	const {value = '', pathType} = rule;
	if (rule.host === '' && value === '') {
		return [];
	}

	const matcher = pathType === 'Exact' ? 'Path' : isRegex ? 'PathRegexp' : 'PathPrefix';
	const path = matcher === 'PathRegexp' && value ? `${isOld ? '^' : '(?i)^'}${value}` : value;
	const hosts = rule.host === '' ? [''] : [rule.host, ...aliases];
	const text = [hostsText(hosts, isOld), pathText(matcher, path, true)].filter(Boolean).join(' && ');
	const priority = new TextEncoder().encode(text).length;
	const tls = rule.ingress.tls.length > 0;
	return hosts.map((host) => ({
		rule,
		text,
		priority,
		host,
		matcher,
		path,
		entryPoints: [],
		tls,
		strict: true,
	}));
}

/** Since 3.7 the matcher Host takes wildcards. */
function hostsText(hosts: readonly string[], isOld: boolean): string {
	const texts = hosts.filter(Boolean).map((host) => (isOld ? hostText(host) : `Host(${quote(host)})`));
	return texts.length > 1 ? `(${texts.join(' || ')})` : (texts[0] ?? '');
}
