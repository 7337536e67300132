import type {Service} from '../../model/service.ts';
import {dnsConfigOf} from '../../rules/cluster-dns/dns-config-of.ts';
import type {HopKind} from '../hop.ts';
import type {Resolved, Visit} from '../resolver.ts';
import {serviceResolver, type ServiceOutput} from '../service/evaluate.ts';
import {aliasTarget} from '../service/alias-target.ts';
import {selectPorts} from '../service/missing-port.ts';
import {servicePaths, type ServiceLeg} from './service-path.ts';
import {visitHop} from './visit-hop.ts';

/**
What stands behind an ExternalName Service that is an alias of another Service of the cluster: clients connect to that one, with
the port they chose, for an alias maps none. Undefined where no port or no such Service is known.
*/
export function aliasPaths(
	visit: Visit,
	service: Service,
	leg: Omit<ServiceLeg, 'namespace' | 'name'>,
): readonly (readonly Resolved<HopKind>[])[] | undefined {
	const isOutside = service.type !== 'ExternalName' || visit.source.kind === 'external';
	const number = isOutside ? undefined : (leg.servicePort?.number ?? numberOf(service, leg));
	const target =
		number === undefined
			? undefined
			: aliasTarget(visit.snapshot, service, dnsConfigOf(visit.snapshot).domain);
	if (!target) {
		return undefined;
	}

	const alias = visitHop(serviceResolver, visit, {...leg, namespace: service.namespace, name: service.name});
	const {namespace, name} = target;
	return servicePaths(visit, {...leg, namespace, name, servicePort: {number}}).map(([first, ...rest]) => [
		throughAlias(alias, first as Resolved<'service'>),
		...rest,
	]);
}

function numberOf(service: Service, {servicePort}: Pick<ServiceLeg, 'servicePort'>): number | undefined {
	return servicePort?.name ? selectPorts(service, servicePort)[0]?.port : undefined;
}

/** The hop of the alias, with what is to be said of the Service that it leads to. */
function throughAlias(alias: ServiceOutput, {hop, ...behind}: Resolved<'service'>): Resolved<'service'> {
	return {
		...behind,
		hop: {
			...alias.hop,
			status: hop.status,
			summary: `${alias.hop.summary}: ${hop.summary}`,
			findings: [...alias.hop.findings, ...hop.findings],
		},
	};
}
