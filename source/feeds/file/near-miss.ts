import {differsByAtMost} from '../../model/matching/edit-distance.ts';
import {groupByEach} from '../../model/matching/group-by-each.ts';
import {apiKindOf, factsOf, groupOf, kindsThat, type Kind} from '../../model/kinds.ts';
import {record, text, type Wire} from '../../projection/wire.ts';

/**
Why the API server would not take a document for a kind that knet reads, though its author meant one: a wrong apiVersion, or a slip in
the kind. Undefined where it is right, or of a kind that knet does not read. The sentence quotes names only.
`kind`: what knet reads it as.
*/
export function nearMiss(wire: Wire, kind: Kind | undefined): string | undefined {
	const written = {apiVersion: text(wire['apiVersion']), kind: text(wire['kind'])};
	return kind ? ofOtherVersion(kind, written, wire) : (ofOtherApi(written, wire) ?? ofOtherName(written));
}

/** More letters than these make another name, not a slip. */
const mostSlips = 2;

type Written = {readonly apiVersion: string; readonly kind: string};

/** The API server serves its own kinds in one version each; the fields of earlier versions differ. */
function ofOtherVersion(kind: Kind, {apiVersion}: Written, wire: Wire): string | undefined {
	const {builtIn, apis, alsoIn = []} = factsOf(kind);
	const isServed =
		!builtIn || apiVersion === '' || apis.includes(apiVersion) || alsoIn.includes(groupOf(apiVersion));
	return isServed ? undefined : notServed(kind, apiVersion, wire);
}

function ofOtherApi({apiVersion, kind: name}: Written, wire: Wire): string | undefined {
	const kind = namedLike(name).find((each) => apiKindOf(each) === name && mayMean(groupOf(apiVersion), each));
	return kind && notServed(kind, apiVersion, wire);
}

/**
A group without a dot is Kubernetes' own (apiextensions-apiserver, ValidateCustomResourceDefinition: "should be a domain with at
least one dot"), and so are those of its kinds.
*/
function mayMean(group: string, kind: Kind): boolean {
	const own = groupOf(factsOf(kind).apis[0] ?? '');
	return (
		!group.includes('.') ||
		builtInsOf.has(group) ||
		(own.endsWith('.k8s.io') && group.endsWith('.k8s.io')) ||
		(own.includes('.') && differsByAtMost(mostSlips, own, group))
	);
}

function notServed(kind: Kind, apiVersion: string, wire: Wire): string {
	const object = `${apiKindOf(kind)} ${text(record(wire['metadata'])['name'])}`.trim();
	const [api = ''] = factsOf(kind).apis;
	if (apiVersion === '') {
		return `${object} has no apiVersion, such as ${api}`;
	}

	return removed.has(apiVersion)
		? `${object}: Kubernetes no longer serves it as ${apiVersion}, only as ${api}`
		: `${object}: there is no ${apiKindOf(kind)} in ${apiVersion}, only in ${api}`;
}

/** Kubernetes' Deprecated API Migration Guide, of the kinds that knet reads: gone since 1.16, 1.22 and 1.25. */
const removed: ReadonlySet<string> = new Set([
	'extensions/v1beta1',
	'apps/v1beta1',
	'apps/v1beta2',
	'networking.k8s.io/v1beta1',
	'apiextensions.k8s.io/v1beta1',
	'discovery.k8s.io/v1beta1',
]);

/** A kind in another case; or, with a slip, one of Kubernetes' own: no other kind of its groups is as near. */
function ofOtherName({apiVersion, kind: name}: Written): string | undefined {
	const group = groupOf(apiVersion);
	const cased = namedLike(name).find((each) => isIn(group, each) || mayMean(group, each));
	if (cased) {
		return `kind ${name}: kinds are case-sensitive; write ${apiKindOf(cased)}`;
	}

	const near = builtInsOf
		.get(group)
		?.find((each) => name.length >= 5 && differsByAtMost(mostSlips, apiKindOf(each), name));
	return near && `kind ${name}: ${apiVersion} has no such kind; the nearest is ${apiKindOf(near)}`;
}

/** In whatever case. A dump may hold very many objects of kinds that knet does not read: they are looked up, not searched for. */
function namedLike(name: string): readonly Kind[] {
	return byName.get(name.toLowerCase()) ?? [];
}

const byName: ReadonlyMap<string, readonly Kind[]> = Map.groupBy(
	kindsThat(() => true),
	(kind) => apiKindOf(kind).toLowerCase(),
);

function isIn(group: string, kind: Kind): boolean {
	return factsOf(kind).apis.some((api) => groupOf(api) === group);
}

/** Kubernetes' own kinds, by group. */
const builtInsOf = groupByEach(
	kindsThat(({builtIn}) => builtIn),
	(kind) => factsOf(kind).apis.map(groupOf),
);
