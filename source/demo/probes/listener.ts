import type {Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';

/** What stands behind a port of the simulated cluster. */
export type Listener =
	| {readonly speaks: 'dns'; readonly where: 'inside' | 'outside'}
	| {readonly speaks: 'http'; readonly server: 'controller' | 'application'; readonly ready: boolean}
	/** Accepts, and waits for the client to begin (a database). */
	| {readonly speaks: 'nothing'};

/** Who listens on a port of a pod; undefined: nobody, the connection is refused. */
export function podListener(pod: Pod | undefined, port: number): Listener | undefined {
	const declared = pod?.containers
		.filter(({state}) => state.type === 'running')
		.flatMap(({ports}) => ports)
		.find(({containerPort, protocol}) => containerPort === port && protocol === 'TCP');
	if (!pod || !declared) {
		return undefined;
	}

	if (pod.labels['k8s-app'] === 'kube-dns') {
		// One that is not ready has not loaded its zones, and does not listen yet.
		return pod.ready ? {speaks: 'dns', where: 'inside'} : undefined;
	}

	const server = pod.namespace === 'traefik' ? 'controller' : 'application';
	return declared.name.startsWith('http') || server === 'controller'
		? {speaks: 'http', server, ready: pod.ready}
		: {speaks: 'nothing'};
}

/** Who answers at an address outside: the load balancer passes connections to the pods behind its Service. */
export function outsideListener(snapshot: Snapshot, address: string, port: number): Listener | undefined {
	if (address === 'resolver') {
		return {speaks: 'dns', where: 'outside'};
	}

	const service = snapshot
		.list('Service')
		.find(({loadBalancer}) => loadBalancer.some(({ip}) => ip === address));
	const name = service?.ports.find((each) => each.port === port)?.name;
	const [pod] = service
		? snapshot.slicesOf(service.namespace, service.name).flatMap((slice) =>
				slice.endpoints.flatMap((endpoint) =>
					endpoint.ready && endpoint.pod
						? [
								{
									pod: snapshot.get('Pod', endpoint.pod.namespace, endpoint.pod.name),
									port: slice.ports.find((each) => each.name === name)?.port ?? 0,
								},
							]
						: [],
				),
			)
		: [];
	return pod && podListener(pod.pod, pod.port);
}
