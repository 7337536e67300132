import type {Snapshot} from '../../model/snapshot.ts';
import {serverKinds, type Workload} from '../../model/workloads/workload.ts';

/** Programs that connect out, and bring requests in by that connection: Cloudflare Tunnel, Tailscale, inlets, ngrok. */
const programs =
	/(?:^|\/)(?:cloudflared|cloudflare-tunnel|tailscale|k8s-operator|inlets|inlets-pro|ngrok|ngrok-operator)(?:[:@]|$)/u;

/** A tunnel that may lead to any Service: no address or port of the cluster shows it. */
export function tunnelOf(snapshot: Snapshot): Workload | undefined {
	return serverKinds
		.flatMap((kind) => snapshot.list(kind))
		.find(
			({containers, readyReplicas}) =>
				readyReplicas > 0 && containers.some(({image}) => programs.test(image)),
		);
}
