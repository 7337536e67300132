import {parseIp} from '../../../model/matching/ip.ts';
import type {Service} from '../../../model/services/service.ts';
import type {RoutedBackend} from '../../../rules/backend.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {aliasBehind} from '../../dns/alias-behind.ts';
import type {HopKind} from '../../hop-kind.ts';
import type {HopContext, HopEvaluation} from '../../hop-evaluator.ts';
import type {Finding} from '../../finding.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {statusOf} from '../../hop-status.ts';
import {addressBehind, aliasRefused, namedTargetPort} from '../../service/external-name.ts';
import {selectPorts} from '../../service/missing-port.ts';
import {aliasPaths} from './alias-paths.ts';
import {servicePaths} from './service-path.ts';

/**
An ExternalName Service as a backend. The controller looks the name up; where the name is that of a Service of the cluster, it
connects to the address of that Service. Undefined where the backend is no ExternalName Service.
*/
export function aliasBackend(
	hopContext: HopContext,
	backend: RoutedBackend,
	controller: Controller | undefined,
): readonly (readonly HopEvaluation<HopKind>[])[] | undefined {
	const {namespace, name, servicePort} = backend;
	const service = hopContext.snapshot.get('Service', namespace, name);
	if (service?.type !== 'ExternalName') {
		return undefined;
	}

	const by = controller?.implementation ?? 'its controller';
	const {findings, stop, found} = aliasBehind(hopContext, service, by);
	const target = portOf(service, backend, controller);
	const refusal = refusalOf(service, {target, by, controller});
	const number = stop || refusal || typeof target === 'string' ? undefined : target;
	const inside =
		number === undefined
			? undefined
			: aliasPaths(
					hopContext,
					{...service, externalName: found ?? service.externalName},
					{servicePort: {number}, clientPort: number, via: 'target', exposureType: 'cluster-ip'},
				);
	const segment = {namespace, name, servicePort, via: 'route', exposureType: 'cluster-ip'} as const;
	return (inside ?? servicePaths(hopContext, segment)).map(([first, ...rest]) => [
		withAlias(first as HopEvaluation<'service'>, {
			findings,
			stop: stop ?? refusal?.stop,
			instead: refusal?.finding ?? addressOf(service, controller),
		}),
		...rest,
	]);
}

type Target = {
	readonly target: number | string | undefined;
	readonly by: string;
	readonly controller: Controller | undefined;
};

/** Why the controller sends nothing to the name. */
function refusalOf(
	service: Service,
	{target, by, controller}: Target,
): {readonly finding: Finding; readonly stop: StopReason} | undefined {
	const why = controller?.record.ingress?.whyNoAlias?.(service.externalName ?? '', controller.flags);
	if (why !== undefined) {
		return {finding: aliasRefused(service, {by, why}), stop: 'no-endpoints'};
	}

	return typeof target === 'string'
		? {finding: namedTargetPort(service, target, by), stop: 'refused'}
		: undefined;
}

type Alias = Pick<HopEvaluation<'service'>, 'stop'> &
	Pick<HopEvaluation<'service'>['hop'], 'findings'> & {
		/** What the controller makes of the name, instead of what clients would. */
		readonly instead: Finding | undefined;
	};

function addressOf(service: Service, controller: Controller | undefined): Finding | undefined {
	return controller && controller.record.sources.length > 0 && parseIp(service.externalName ?? '')
		? addressBehind(service, controller.implementation)
		: undefined;
}

function withAlias({hop, stop}: HopEvaluation<'service'>, alias: Alias): HopEvaluation<'service'> {
	const own = hop.findings.map((each) => (each.code === alias.instead?.code ? alias.instead : each));
	const findings = [...own, ...alias.findings];
	return {hop: {...hop, findings, status: statusOf(findings)}, stop: alias.stop ?? stop};
}

/**
The Service's port, and at ingress-nginx its targetPort (endpointslices.go), also a name. Where the Ingress names the port, the number of the
port stands in for a targetPort that is a name (controller.go, externalNamePorts). Undefined: not known.
*/
function portOf(
	service: Service,
	{servicePort: wanted, port: written}: RoutedBackend,
	controller: Controller | undefined,
): number | string | undefined {
	const [port] = wanted ? selectPorts(service, wanted) : service.ports;
	if (!port) {
		return wanted?.number;
	}

	const {targetPort} = port;
	const usesTarget = controller?.record.ingress?.connectsToTargetPort === true;
	const isReplaced = typeof written === 'string' && typeof targetPort === 'string';
	return usesTarget && !isReplaced ? targetPort : port.port;
}
