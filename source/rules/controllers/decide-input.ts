import type {Ingress} from '../../model/routes/ingress.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {HttpRequest, Source} from '../../model/request.ts';
import type {Controller} from './record/controller.ts';

export type DecideInput = {
	readonly snapshot: Snapshot;
	readonly controller: Controller;
	readonly request: HttpRequest;
	readonly ingresses: readonly Ingress[];
	/** Who asks, where that is known. */
	readonly client?: Source;
};
