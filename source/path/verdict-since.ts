import type {EndpointSlice} from '../model/services/endpoint-slice.ts';
import {clusterScoped, kindsThat, type Kind} from '../model/kinds.ts';
import {findCondition, type Condition} from '../model/meta.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {EvidenceField, Finding} from './finding.ts';
import type {Path} from './report.ts';

/**
Since when a path is as it is, by what objects say: the last transition of the conditions that its root cause rests on.
Milliseconds; undefined where no object says it, and of a path that works.
*/
export function verdictSince(path: Path, snapshot: Snapshot): number | undefined {
	if (path.verdict === 'ok') {
		return undefined;
	}

	const findings = path.hops.flatMap((hop) => hop.findings);
	const causes = findings.filter(({code}) => code === path.rootCause);
	return (
		newestOf(causes, snapshot) ??
		newestOf(
			findings.filter(({severity}) => severity === 'error'),
			snapshot,
		)
	);
}

function newestOf(findings: readonly Finding[], snapshot: Snapshot): number | undefined {
	const times = findings
		.flatMap(({evidence}) => evidence)
		.flatMap((field) => transitionOf(field, snapshot) ?? [])
		.filter((at) => at <= snapshot.now);
	return times.length > 0 ? Math.max(...times) : undefined;
}

/** When the field last changed, where its object keeps that. */
function transitionOf({object, path}: EvidenceField, snapshot: Snapshot): number | undefined {
	const [kind = '', ...rest] = object.split('/');
	if (!isKind(kind)) {
		return undefined;
	}

	const [namespace, name] = clusterScoped.has(kind) ? ['', rest[0]] : [rest[0], rest[1]];
	const found = name === undefined ? undefined : snapshot.get(kind, namespace ?? '', name);
	return found && timeOf(kind, found, /conditions\[(?<type>[^\]]+)\]/u.exec(path)?.groups?.['type']);
}

/** Since when a pod that is named for another field is not ready. A ready one, which a selector misses, says nothing. */
function timeOf(kind: Kind, object: object, condition: string | undefined): number | undefined {
	if (kind === 'EndpointSlice') {
		return (object as EndpointSlice).triggeredAt;
	}

	const {conditions = []} = object as {readonly conditions?: readonly Condition[]};
	if (condition !== undefined) {
		return findCondition(conditions, condition)?.changedAt;
	}

	const ready = kind === 'Pod' ? findCondition(conditions, 'Ready') : undefined;
	return ready?.status === 'True' ? undefined : ready?.changedAt;
}

const kinds: ReadonlySet<string> = new Set(kindsThat(() => true));

function isKind(word: string): word is Kind {
	return kinds.has(word);
}
