import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {labelsFor} from './cilium-announcement.ts';

/** From here on the L2 announcer asks for a backend on the node (cilium/cilium#46399; the Gateways lost their addresses, #48799). */
const asksForBackends = orderOf('1', '20', '2');

/**
Whether nodes announce a Service of Cilium's Ingress or Gateway under externalTrafficPolicy Local: its only endpoint is a placeholder, which is
on no node. Undefined: no L2 policy announces it, or the version is not known.
*/
export function isPlaceholderAnnounced(snapshot: Snapshot, service: Service): boolean | undefined {
	const version = agentVersion(snapshot);
	const byLayer2 = snapshot
		.list('CiliumL2AnnouncementPolicy')
		.flatMap(({serviceSelectors}) => serviceSelectors)
		.some((selector) => matchesSelector(selector, labelsFor(service)));
	return byLayer2 && version !== undefined ? version < asksForBackends : undefined;
}

function agentVersion(snapshot: Snapshot): number | undefined {
	const images = snapshot
		.list('DaemonSet')
		.flatMap(({containers}) => containers.map(({image}) => image.replace(/@.*$/u, '')));
	const [, major, minor = '', patch = ''] =
		images.map((image) => /\/cilium:v(\d+)\.(\d+)\.(\d+)/u.exec(image)).find((found) => found !== null) ?? [];
	return major === undefined ? undefined : orderOf(major, minor, patch);
}

function orderOf(major: string, minor: string, patch: string): number {
	return Number(major) * 1_000_000 + Number(minor) * 1000 + Number(patch);
}
