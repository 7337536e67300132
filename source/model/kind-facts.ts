/** Narrows a list-watch to what knet reads. */
export type Selection = {
	/** Only this namespace, whatever was asked for. */
	readonly namespace?: string;
	readonly fieldSelector?: string;
	/** Another resource, whose objects are of the kind as well. */
	readonly resource?: {readonly plural: string; readonly api: string};
};

/** All that knet knows of a kind but its projection, which `projection/project.ts` has (the model imports nothing). */
export type KindFacts = {
	/** As in paths and RBAC rules. */
	readonly plural: string;
	/** `group/version`, the preferred first; `v1` for core. */
	readonly apis: readonly string[];
	/** Groups in which files may have it besides. */
	readonly alsoIn?: readonly string[];
	/** The API's name of the kind, where two groups have the same one. */
	readonly apiKind?: string;
	readonly namespaced: boolean;
	/** Part of every API server that knet supports: needs no discovery, and a 404 is no word about the API. */
	readonly builtIn: boolean;
	readonly codec: 'json' | 'protobuf' | 'metadata';
	/** Each is one list-watch; together they are the kind. Absent: one, of everything. */
	readonly selections?: readonly Selection[];
	/**
	Listed by name, one object a list: RBAC can then allow these names alone (resourceNames, with a metadata.name selector). The
	objects that are read in any case, as `namespace/name`; others when a walk looks them up.
	*/
	readonly named?: readonly string[];
	/** A cluster may hold tens of thousands: many small lists cost less than one of all. */
	readonly isHeavy?: true;
	/** When its list is opened: with every look; with a look, but only where that is; or when a walk reads it. */
	readonly opened: 'always' | 'where-looked' | 'when-read';
	/** In the role of `knet rbac`: hops rest on it, or it makes them more certain. Absent: a rule of its own, or none. */
	readonly role?: 'needed' | 'helpful';
	/** `knet record` keeps it: a replay may be asked about it. */
	readonly recorded: boolean;
};
