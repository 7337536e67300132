import {UserError} from '../../errors.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {kindOfTarget} from '../../path/missing-target.ts';
import type {Target} from '../../path/target.ts';
import {namesList} from '../../rules/names-list.ts';
import type {ReportMetadata} from '../../view/report/report.ts';
import type {Flags} from './flags.ts';
import {inhabitants} from './inhabitants.ts';

/** The namespace where none is named: the only one in which the file has objects, else `default`. */
export function homeNamespace(snapshot: Snapshot): string {
	const namespaces = new Set(
		inhabitants.flatMap((kind) => snapshot.list(kind).map(({namespace}) => namespace)),
	);
	const [only] = namespaces;
	return only !== undefined && namespaces.size === 1 ? only : 'default';
}

/** Whether entries of all namespaces are meant: a file without -n is looked at whole. */
export function isEverywhere(
	{allNamespaces, namespace}: Flags,
	{source}: {readonly source: ReportMetadata['source']},
): boolean {
	return allNamespaces === true || (source === 'file' && namespace === undefined);
}

/** Gives a target without a namespace that of the only object with its name, unless there is one in `home`. */
export function located<T extends Target>(snapshot: Snapshot, target: T, home: string): T {
	const kind = kindOfTarget(target);
	if (kind === undefined || !('name' in target) || target.namespace !== undefined) {
		return target;
	}

	const {name} = target;
	const places = snapshot
		.list(kind)
		.filter((object) => object.name === name)
		.map(({namespace}) => namespace);
	if (places.length === 0 || places.includes(home)) {
		return target;
	}

	if (places.length > 1) {
		throw new UserError(
			`${kind} ${name} is in the namespaces ${namesList(places, 5)}.`,
			`Add -n ${places[0]}, for example.`,
		);
	}

	return {...target, namespace: places[0]};
}
