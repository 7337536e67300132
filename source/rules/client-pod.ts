import type {Source} from '../model/request.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Pod} from '../model/workloads/pod.ts';

/** The pod that a request starts from. Undefined: it starts elsewhere, or the pod is not known. */
export function clientPod(snapshot: Snapshot, source: Source): Pod | undefined {
	return source.kind === 'pod' ? snapshot.get('Pod', source.namespace, source.name) : undefined;
}
