import type {Meta} from '../model/meta.ts';

/** What an observation rests on, as evidence names it. Objects that no server has numbered are left out. */
export function versionsOf(
	objects: readonly (readonly [kind: string, object: Meta | undefined])[],
): Readonly<Record<string, string>> {
	return Object.fromEntries(
		objects.flatMap(([kind, object]) =>
			object && object.resourceVersion !== ''
				? [[`${kind}/${object.namespace}/${object.name}`, object.resourceVersion]]
				: [],
		),
	);
}
