import type {Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {PolicySource} from '../../rules/network-policy/connections.ts';
import {evaluateConnection} from '../../rules/network-policy/evaluate-connection.ts';

/** Names that charts give to ports that only a scraper or a probe asks. */
const names =
	/(?:^|-)(?:metrics?|prom|prometheus|exporters?|health|healthz|healthcheck|probes?|telemetry|monitoring)(?:-|$)/u;

type Asked = {
	readonly from: PolicySource;
	readonly portName: string | undefined;
	readonly port: number | undefined;
};

/**
A port for scrapers and probes, asked for by nobody in particular, where the policies admit clients to another port of the pods: whether
anybody should reach it is not known.
*/
export function isSidePort(snapshot: Snapshot, pods: readonly Pod[], {from, portName, port}: Asked): boolean {
	return (
		from.type === 'node' &&
		from.name === undefined &&
		names.test(portName ?? '') &&
		pods.some((pod) => isElsewhereAdmitted(snapshot, pod, port))
	);
}

function isElsewhereAdmitted(snapshot: Snapshot, pod: Pod, asked: number | undefined): boolean {
	const to = {pod, ip: pod.podIPs[0]};
	return pod.containers
		.flatMap(({ports}) => ports)
		.filter(({containerPort}) => containerPort !== asked)
		.some(
			({containerPort: port, protocol}) =>
				evaluateConnection({snapshot, from: {anybody: true}, to, protocol, port}).ingress.verdict ===
				'allowed',
		);
}
