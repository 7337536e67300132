import {refOf} from '../../../model/ref.ts';
import type {IstioGateway} from '../../../model/routes/istio.ts';
import {gatewayNameLabel} from '../../controllers/record/gateway-profile.ts';
import {domainFit} from '../../istio/hosts.ts';
import type {RouterProblem} from '../router.ts';
import type {Case} from './case.ts';
import {gatewayNamesOf} from './proxy.ts';

/** Gateways of other namespaces that have the host, on proxies that belong to a Gateway of Gateway API. */
export function keptOut(
	{snapshot, request, proxy}: Case,
	gateways: readonly IstioGateway[],
): readonly RouterProblem[] {
	const names = new Set(
		snapshot
			.list('VirtualService')
			.filter(({hosts}) => hosts.some((host) => domainFit(host, request.host) > 0))
			.flatMap(gatewayNamesOf),
	);
	const owner = proxy.labels[gatewayNameLabel] ?? '';
	const isHttpThere = snapshot
		.get('Gateway', proxy.namespace, owner)
		?.listeners.some(({port, protocol}) => port === request.port && protocol === 'HTTP');
	return gateways
		.filter(({namespace, name}) => names.has(`${namespace}/${name}`))
		.map((gateway) => ({
			type: 'refused',
			object: refOf('IstioGateway', gateway),
			field: 'metadata.namespace',
			value: gateway.namespace,
			why: `pods of Gateway API's ${proxy.namespace}/${owner} take those of their namespace alone`,
			remedy: `Make the Gateway in namespace ${proxy.namespace}, or give it proxies of its own.`,
			ends: request.scheme === 'http' && isHttpThere ? 'no-rule' : 'nobody',
		}));
}
