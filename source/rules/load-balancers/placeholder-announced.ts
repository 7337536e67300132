import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {CiliumAnnouncement} from '../../model/services/cilium-announcement.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {isBefore, versionOfImage, type Version} from '../version.ts';
import {labelsFor} from './cilium-announcement.ts';

/** The version whose L2 announcer asks for a backend on the node. */
const asksForBackends: Version = [1, 20, 2];

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

	return isBefore(version, asksForBackends) ? true : isBefore(asksForBackends, version) ? undefined : false;
}

function agentVersion(snapshot: Snapshot): Version | undefined {
	const images = snapshot.list('DaemonSet').flatMap(({containers}) => containers.map(({image}) => image));
	const agent = images.find((image) => image.includes('/cilium:'));
	return agent === undefined ? undefined : versionOfImage(agent);
}
