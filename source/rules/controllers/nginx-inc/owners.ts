import type {Ingress} from '../../../model/routes/ingress.ts';
import type {RuleRef} from '../../ingress/decision.ts';
import {oldestFirst} from '../../ingress/rules.ts';
import {memoizeBy} from '../../memoize.ts';
import {whyAnnotated, type Allowed} from './annotations.ts';

/**
configuration.go: the oldest Ingress owns a host, all others of the host are rejected; minions join a master. Ties are broken by UID,
which says as little as the name. What is not valid owns nothing.
*/
export function ownersOf(ingresses: readonly Ingress[], allowed: Allowed | undefined): Owners {
	return ownersBy(ingresses, JSON.stringify(allowed ?? null));
}

/** By host, in lower case. */
export type Owners = ReadonlyMap<string, Ingress>;

const ownersBy = memoizeBy((ingresses: readonly Ingress[], text): Owners => {
	const allowed = (JSON.parse(text) as Allowed | null) ?? undefined;
	const named = oldestFirst(ingresses)
		.filter((ingress) => roleOf(ingress) !== 'minion' && whyInvalid(ingress, allowed) === undefined)
		.flatMap((ingress) => ingress.rules.map(({host}) => [host.toLowerCase(), ingress] as const));
	return new Map(named.toReversed());
});

/** Why the controller serves a rule nowhere; undefined where it does. */
export function whyNotServed(
	owners: Owners,
	{ingress, host}: RuleRef,
	allowed: Allowed | undefined,
): string | undefined {
	const invalid = whyInvalid(ingress, allowed);
	if (invalid !== undefined) {
		return invalid;
	}

	const owner = owners.get(host.toLowerCase());
	if (roleOf(ingress) === 'minion' && (owner === undefined || roleOf(owner) !== 'master')) {
		return owner
			? `${nameOf(owner)} owns the host and is no master`
			: 'it is a minion, and no valid master has the host';
	}

	return host === ''
		? 'it names no host, and this controller rejects that'
		: owner === ingress || roleOf(ingress) === 'minion'
			? undefined
			: `${nameOf(owner)} is older and owns the host`;
}

function nameOf(ingress: Ingress | undefined): string {
	return `Ingress ${ingress?.namespace}/${ingress?.name}`;
}

/** validation.go: validateIngressAnnotations, validateMasterSpec, validateMinionSpec. */
function whyInvalid(ingress: Ingress, allowed: Allowed | undefined): string | undefined {
	const annotated = allowed && whyAnnotated(ingress, allowed);
	return annotated ?? whyMisplaced(ingress);
}

function whyMisplaced(ingress: Ingress): string | undefined {
	const {rules, tls} = ingress;
	const role = roleOf(ingress);
	const paths = rules[0]?.paths.length ?? 0;
	if (role === 'master' && (rules.length !== 1 || paths > 0)) {
		return 'a master has one host and no paths, or it is rejected';
	}

	return role === 'minion' && (rules.length !== 1 || paths === 0 || tls.length > 0)
		? 'a minion has one host, paths and no TLS, or it is rejected'
		: undefined;
}

function roleOf({annotations}: Ingress): string | undefined {
	return annotations['nginx.org/mergeable-ingress-type'];
}
