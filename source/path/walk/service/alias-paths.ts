import type {Service} from '../../../model/services/service.ts';
import {dnsConfigOf} from '../../../rules/cluster-dns/corefile/dns-config-of.ts';
import type {HopKind} from '../../hop-kind.ts';
import type {HopEvaluation, HopContext} from '../../hop-evaluator.ts';
import {serviceEvaluator, type ServiceOutput} from '../../service/evaluate.ts';
import {aliasTarget} from '../../../rules/cluster-dns/answers/alias-target.ts';
import {selectPorts} from '../../service/missing-port.ts';
import {servicePaths} from './service-path.ts';
import {evaluateHop} from '../evaluate-hop.ts';
import type {ServiceSegment} from './service-segment.ts';

/**
What stands behind an ExternalName Service that is an alias of another Service of the cluster: clients connect to that one, with
the port they chose, for an alias maps none. Undefined where no port or no such Service is known.
*/
export function aliasPaths(
	hopContext: HopContext,
	service: Service,
	segment: Omit<ServiceSegment, 'namespace' | 'name'>,
): readonly (readonly HopEvaluation<HopKind>[])[] | undefined {
	const isOutside = service.type !== 'ExternalName' || hopContext.source.kind === 'external';
	const number = isOutside ? undefined : (segment.servicePort?.number ?? numberOf(service, segment));
	const target =
		number === undefined
			? undefined
			: aliasTarget(hopContext.snapshot, service, dnsConfigOf(hopContext.snapshot).domain);
	if (!target) {
		return undefined;
	}

	const alias = evaluateHop(serviceEvaluator, hopContext, {
		...segment,
		namespace: service.namespace,
		name: service.name,
	});
	const {namespace, name} = target;
	return servicePaths(hopContext, {...segment, namespace, name, servicePort: {number}}).map(
		([first, ...rest]) => [throughAlias(alias, first as HopEvaluation<'service'>), ...rest],
	);
}

function numberOf(service: Service, {servicePort}: Pick<ServiceSegment, 'servicePort'>): number | undefined {
	return servicePort?.name ? selectPorts(service, servicePort)[0]?.port : undefined;
}

/** The hop of the alias, with what is to be said of the Service that it leads to. */
function throughAlias(
	alias: ServiceOutput,
	{hop, ...behind}: HopEvaluation<'service'>,
): HopEvaluation<'service'> {
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
