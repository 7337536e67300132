/** Names one object. `group` is left out: knet's kinds have distinct names. */
export type ObjectRef = {
	readonly kind: string;
	readonly namespace?: string;
	readonly name: string;
};

/** `Kind/namespace/name`, or `Kind/name` for cluster-scoped objects: as evidence names objects. */
export function refText(ref: ObjectRef): string {
	return ref.namespace ? `${ref.kind}/${ref.namespace}/${ref.name}` : `${ref.kind}/${ref.name}`;
}

export function refOf(kind: string, object: {readonly namespace: string; readonly name: string}): ObjectRef {
	return object.namespace
		? {kind, namespace: object.namespace, name: object.name}
		: {kind, name: object.name};
}
