/** What every Kubernetes object carries, in the form knet keeps it. Source: ObjectMeta, meta/v1. */
export type Meta = {
	/** Empty for cluster-scoped objects. */
	readonly namespace: string;
	readonly name: string;
	readonly uid: string;
	/** Comparable within one resource where it is a decimal number (KEP-5504): see `isOlder`. Opaque otherwise. */
	readonly resourceVersion: string;
	/** `metadata.generation`, for conditions that name an observedGeneration. 0 where the file has none. */
	readonly generation: number;
	readonly labels: Labels;
	/** Only those that a walk reads (kept/annotations.ts). */
	readonly annotations: Labels;
	/** Milliseconds since the epoch; absent in manifests that no server has seen. */
	readonly createdAt?: number;
	/** Milliseconds since the epoch, once deletion was asked for. */
	readonly deletedAt?: number;
	readonly owner?: Owner;
};

export type Labels = Readonly<Record<string, string>>;

/** The controlling owner (`ownerReferences[].controller`). */
export type Owner = {readonly kind: string; readonly name: string; readonly uid: string};

/** A condition of any object. Always looked up by type, never by position (API conventions). */
export type Condition = {
	readonly type: string;
	readonly status: 'True' | 'False' | 'Unknown';
	readonly reason: string;
	readonly message: string;
	/** Absent where the object's conditions carry none (core/v1). */
	readonly observedGeneration?: number;
	readonly changedAt?: number;
};

/** Whether a condition was written for an older form of its object. */
export function isBehind(condition: Condition, generation: number): boolean {
	return condition.observedGeneration !== undefined && condition.observedGeneration < generation;
}

export function findCondition(conditions: readonly Condition[], type: string): Condition | undefined {
	return conditions.find((condition) => condition.type === type);
}
