import {isIgnored, type IgnoreRule} from '../model/ignore-rule.ts';
import {refText, type ObjectRef} from '../model/ref.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Finding} from './finding.ts';
import type {Hop} from './hop.ts';
import {resourceNamed} from './object-names.ts';
import type {Path} from './report.ts';

/** A rule, and who made it, as the report names it: `--ignore KNET503`. */
export type NamedRule = IgnoreRule & {
	readonly by: string;
	/** It never takes a finding that names a fault. */
	readonly undecidedOnly?: boolean;
};

/** Annotation of an object: codes of findings about it that are ignored, with commas between. */
const ignoreAnnotation = 'knet/ignore';

/** Marks the paths that were walked. `snapshot`: not the one of the walk, so that a decision to ignore opens no list. */
export type Marking = <P extends Path>(paths: readonly P[], snapshot: Snapshot) => readonly P[];

/** What an object's own annotations say; undefined for an object that is not known. */
type AnnotationsOf = (ref: ObjectRef) => Readonly<Record<string, string>> | undefined;

type Wishes = {readonly rules: readonly NamedRule[]; readonly annotationsOf: AnnotationsOf};

/**
The same paths, each ignored finding marked with who ignores it. Verdicts stay: what is broken is broken. Only exit codes
pass over marked findings. What has no such finding stays the same object.
*/
export function markIgnored<P extends Path>(paths: readonly P[], wishes: Wishes): readonly P[] {
	return paths.map((path) => {
		const hops = mapped(path.hops, (hop) => markedHop(hop, wishes));
		return hops === path.hops ? path : {...path, hops};
	});
}

function markedHop(hop: Hop, wishes: Wishes): Hop {
	const findings = mapped(hop.findings, (finding) => marked(finding, hop, wishes));
	return findings === hop.findings ? hop : {...hop, findings};
}

/** The array itself where no item becomes another. */
function mapped<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
	const changed = items.map(change);
	return changed.every((item, index) => item === items[index]) ? items : changed;
}

function marked(finding: Finding, hop: Hop, {rules, annotationsOf}: Wishes): Finding {
	const objects = objectsOf(finding, hop);
	const rule = rules
		.filter(({undecidedOnly}) => !undecidedOnly || finding.undecided)
		.find((each) =>
			[undefined, ...objects].some((object) =>
				isIgnored([plain(each)], finding.code, object && plainRef(object)),
			),
		);
	const annotated = objects.find((object) =>
		annotationsOf(object)
			?.[ignoreAnnotation]?.split(/[\s,]+/u)
			.includes(finding.code),
	);
	const ignored = rule?.by ?? (annotated && `annotation ${ignoreAnnotation} of ${refText(annotated)}`);
	return ignored === undefined ? finding : {...finding, ignored};
}

function plain({object, ...rule}: NamedRule): IgnoreRule {
	return {...rule, object: object && plainRef(object)};
}

/** `svc` and `services` are the Service of evidence. Kinds that are no targets are taken as they are. */
function plainRef({kind, ...ref}: ObjectRef): ObjectRef {
	const resource = resourceNamed(kind);
	return {...ref, kind: (resource?.workload ?? resource?.names[1] ?? kind).toLowerCase()};
}

/** What a finding is about: the subject of its hop, and the objects that its evidence names. */
function objectsOf({evidence}: Finding, {subject}: Hop): readonly ObjectRef[] {
	const named = evidence.flatMap(({object}) => {
		const [kind = '', ...names] = object.split('/');
		const name = names.pop();
		return name === undefined ? [] : [{kind, namespace: names[0], name}];
	});
	return subject ? [subject, ...named] : named;
}
