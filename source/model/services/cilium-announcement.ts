import type {LabelSelector} from '../matching/label-selector.ts';
import type {Meta} from '../meta.ts';

/**
What announces addresses of load balancers that Cilium gave. Source: CiliumL2AnnouncementPolicy (cilium.io/v2alpha1),
CiliumBGPAdvertisement and CiliumBGPClusterConfig (v2, v2alpha1), CiliumBGPPeeringPolicy (v2alpha1).
*/
export type CiliumAnnouncement = Meta & {
	/** Services whose addresses it announces; one that fits is enough. */
	readonly serviceSelectors: readonly LabelSelector[];
	/** Absent: on all nodes, or as another object says. */
	readonly nodeSelector?: LabelSelector;
};
