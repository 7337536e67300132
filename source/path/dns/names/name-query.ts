import type {Snapshot} from '../../../model/snapshot.ts';
import type {Source} from '../../../model/request.ts';
import type {Advice} from './advice.ts';

export type NameQuery = {
	readonly snapshot: Snapshot;
	/** As the client uses it: relative to its search list unless it ends with a dot. */
	readonly name: string;
	/** Default A and AAAA. */
	readonly types?: readonly string[];
	readonly source: Source;
	/** Of the client, where the source is no pod. */
	readonly namespace: string;
	readonly detail: 'overview' | 'full';
	/** `service`: a name of the cluster. `host`: most likely one of a server outside. `name`: whatever a person typed. */
	readonly intent: 'service' | 'host' | 'name';
	/** What to do where the name has no record, when more is known than the name. */
	readonly advice?: Advice;
};
