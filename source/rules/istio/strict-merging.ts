import type {IstioGateway} from '../../model/routes/istio.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {GatewayProxy} from './servers.ts';

/** Of the pods that istiod makes for a Gateway of Gateway API, not of those that a chart made. */
const managed = 'gateway.istio.io/managed';

export type Gateways = {readonly merged: readonly IstioGateway[]; readonly leftOut: readonly IstioGateway[]};

/**
A gateway that belongs to a Gateway of Gateway API takes no Istio Gateways of other namespaces, whatever their selectors are. Source:
istio/istio of 2026-08-27, pilot/pkg/model/push_context.go, filterStrictGatewayMerging; seen on a running one.
*/
export function strictlyMerged(all: readonly IstioGateway[], proxy: GatewayProxy): Gateways {
	if (proxy.labels[managed] === undefined) {
		return {merged: all, leftOut: []};
	}

	return {
		merged: all.filter(({namespace}) => namespace === proxy.namespace),
		leftOut: all.filter(
			({namespace, selector}) =>
				namespace !== proxy.namespace && (!selector || matchesLabels(selector, proxy.labels)),
		),
	};
}
