import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {CiliumAnnouncement} from '../../model/services/cilium-announcement.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {labelsFor} from './cilium-announcement.ts';

/** The version whose L2 announcer asks for a backend on the node. */
const asksForBackends = orderOf('1', '20', '2');

/**
Whether nodes announce a Service of Cilium's Ingress or Gateway under externalTrafficPolicy Local: its only endpoint is a placeholder, which is
on no node. The L2 announcer of 1.20.2 asks for a backend on the node (cilium/cilium#46399), so that the Gateways lost their addresses (#48799,
open: later versions may announce them again). Undefined: not known, also where something else announces it.
*/
export function isPlaceholderAnnounced(snapshot: Snapshot, service: Service): boolean | undefined {
	const version = agentVersion(snapshot);
	const isMeant = ({serviceSelectors}: CiliumAnnouncement): boolean =>
		serviceSelectors.some((selector) => matchesSelector(selector, labelsFor(service)));
	const byLayer2 = snapshot.list('CiliumL2AnnouncementPolicy').some(isMeant);
	const byBgp =
		snapshot.list('CiliumBGPAdvertisement').some(isMeant) ||
		snapshot.list('CiliumBGPPeeringPolicy').some(isMeant);
	if (!byLayer2 || byBgp || version === undefined) {
		return undefined;
	}

	return version < asksForBackends ? true : version === asksForBackends ? false : undefined;
}

function agentVersion(snapshot: Snapshot): number | undefined {
	const images = snapshot.list('DaemonSet').flatMap(({containers}) => containers.map(({image}) => image));
	const [, major, minor = '', patch = ''] =
		images.map((image) => /\/cilium:v(\d+)\.(\d+)\.(\d+)/u.exec(image)).find((found) => found !== null) ?? [];
	return major === undefined ? undefined : orderOf(major, minor, patch);
}

function orderOf(major: string, minor: string, patch: string): number {
	return Number(major) * 1_000_000 + Number(minor) * 1000 + Number(patch);
}
