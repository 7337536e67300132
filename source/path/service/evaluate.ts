import {refOf} from '../../model/ref.ts';
import type {HttpRequest} from '../../model/request.ts';
import {parseIp} from '../../model/matching/ip.ts';
import type {ConnectObservation, HttpObservation} from '../../model/evidence.ts';
import {sameIp} from '../../model/matching/ip.ts';
import {isHeadless, type IpFamily, type Service, type ServicePort} from '../../model/services/service.ts';
import {lookup} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import type {ServiceDetails} from '../details.ts';
import {statusOf} from '../hop-status.ts';
import {observationsThat, observedCheck} from '../observed-checks.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../hop-evaluator.ts';
import {externalName} from './external-name.ts';
import {hardcodedIp} from './hardcoded-ip.ts';
import {headlessPort, type ServiceFault} from './headless-port.ts';
import {speaksTls} from './speaks-tls.ts';
import {missingPort, portOfPods, selectPorts, type PortQuery} from './missing-port.ts';

/** `via`: `route` when a rule leads here (a controller picks the endpoints), `target` when a client uses the Service itself. */
export type ServiceInput = {
	readonly namespace: string;
	readonly name: string;
	readonly servicePort?: PortQuery;
	readonly via?: 'route' | 'target';
	/** The number that the client connects to, where it chose one. */
	readonly clientPort?: number;
	/** What the client speaks to it, where a URL says so. */
	readonly scheme?: HttpRequest['scheme'];
	/** The address of that family is the one asked for. Default: the first. */
	readonly family?: IpFamily;
};

export type ServiceOutput = HopEvaluation<'service'> & {
	/** Absent where the Service is missing or not known. */
	readonly service?: Service;
	/** The ports that are meant: all of them where none was asked for. Empty: the Service has no such port (KNET518), or none. */
	readonly ports: readonly ServicePort[];
	/** A port was asked for that the Service does not have. */
	readonly lacksPort?: true;
};

/** Finds the Service and its port. A missing Service is `skipped`: whoever named it says so (KNET402, or bad input). */
export const serviceEvaluator: HopEvaluator<'service', ServiceInput, ServiceOutput> = {
	kind: 'service',
	evaluate(hopContext, input) {
		const found = lookup(hopContext.snapshot, 'Service', input.namespace, input.name);
		if ('found' in found) {
			return resolveService(hopContext, found.found, input);
		}

		const access = 'unknown' in found ? accessFinding('Service', input.namespace, found.unknown) : undefined;
		return {
			hop: {
				kind: 'service',
				status: access ? 'unknown' : 'skipped',
				basis: 'objects',
				subject: refOf('Service', input),
				summary: access ? `${input.name}: not known` : `no Service ${input.name} in ${input.namespace}`,
				findings: access ? [access] : [],
			},
			ports: [],
		};
	},
};

function resolveService(hopContext: HopContext, service: Service, input: ServiceInput): ServiceOutput {
	const podPort =
		input.via === 'route' ? undefined : portOfPods(hopContext.snapshot, service, input.servicePort);
	const ports = podPort ? [podPort] : selectPorts(service, input.servicePort);
	const faults = faultsOf(hopContext, service, {...input, podPort});
	const findings = faults.map(({finding}) => finding);
	const stop = faults.find((fault) => fault.stop)?.stop;
	const [port] = ports.length === 1 ? ports : [];
	return {
		hop: {
			kind: 'service',
			status: statusOf(findings),
			basis: 'objects',
			subject: refOf('Service', service),
			summary: summaryOf(service, ports, input.family),
			findings,
			details: {...detailsOf(service, port), ...observedOf(hopContext, service)},
		},
		stop,
		lacksPort: (stop !== undefined && ports.length === 0) || undefined,
		service,
		ports,
	};
}

/** What the API server's proxy, or a connection to its address, answered. */
function observedOf(
	{snapshot}: HopContext,
	{namespace, name, clusterIPs}: Service,
): Pick<ServiceDetails, 'observed'> {
	const found = [
		...observationsThat<HttpObservation>(
			snapshot,
			'http',
			({subject}) => subject.service === name && subject.namespace === namespace,
		),
		...observationsThat<ConnectObservation>(snapshot, 'connect', ({subject}) =>
			clusterIPs.some((ip) => sameIp(ip, subject.address)),
		),
	];
	return found.length === 0 ? {} : {observed: found.map((item) => observedCheck(item, name))};
}

function faultsOf(
	hopContext: HopContext,
	service: Service,
	{servicePort, clientPort, via, podPort, scheme}: ServiceInput & {readonly podPort: ServicePort | undefined},
): readonly ServiceFault[] {
	const {snapshot, detail} = hopContext;
	const asTarget = via !== 'route';
	const slices = asTarget && isHeadless(service) ? snapshot.slicesOf(service.namespace, service.name) : [];
	const remarks = [
		externalName(service, asTarget),
		detail === 'full' && service.clusterIPs.length > 0 && !isHeadless(service)
			? hardcodedIp(service, snapshot.list('Pod', service.namespace))
			: undefined,
	];
	const ports = selectPorts(service, servicePort);
	const tls = scheme === 'http' ? speaksTls(hopContext, service, ports[0]) : undefined;
	return [
		missingPort(service, servicePort, podPort),
		...(asTarget ? headlessPort(hopContext, {service, ports, slices, clientPort}) : []),
		tls && {finding: tls, stop: tls.severity === 'error' ? ('nobody' as const) : undefined},
		...remarks.map((finding) => finding && {finding}),
	].filter((item) => item !== undefined);
}

function summaryOf(service: Service, ports: readonly ServicePort[], family: IpFamily | undefined): string {
	if (service.type === 'ExternalName') {
		return `ExternalName → ${service.externalName ?? ''}`;
	}

	const [port] = ports;
	const rest = ports.length > 1 ? ` and ${ports.length - 1} more` : '';
	const name = isHeadless(service)
		? 'headless'
		: [service.type, port ? bracketed(addressOf(service, family)) : addressOf(service, family)]
				.filter(Boolean)
				.join(' ');
	return port ? `${name}:${port.port} → ${port.targetPort}${rest}` : name;
}

function addressOf({clusterIPs}: Service, family: IpFamily | undefined): string | undefined {
	return clusterIPs.find((ip) => family === undefined || parseIp(ip)?.family === family);
}

/** As in a URL, where a port follows. */
function bracketed(ip: string | undefined): string | undefined {
	return ip?.includes(':') ? `[${ip}]` : ip;
}

function detailsOf(service: Service, port: ServicePort | undefined): ServiceDetails {
	const isAlias = service.type === 'ExternalName';
	return {
		type: service.type,
		clusterIPs: service.clusterIPs,
		port: port && portDetails(port),
		selector: service.selector,
		externalName: isAlias ? service.externalName : undefined,
		ipFamilies: service.ipFamilies.length > 0 ? service.ipFamilies : undefined,
		internalTrafficPolicy: isAlias ? undefined : service.internalTrafficPolicy,
		externalTrafficPolicy: isReachedFromOutside(service) ? service.externalTrafficPolicy : undefined,
		sessionAffinity: service.sessionAffinity === 'ClientIP' ? service.sessionAffinity : undefined,
	};
}

function isReachedFromOutside({type, externalIPs}: Service): boolean {
	return type === 'NodePort' || type === 'LoadBalancer' || externalIPs.length > 0;
}

function portDetails(port: ServicePort): ServiceDetails['port'] {
	return {
		name: port.name || undefined,
		port: port.port,
		targetPort: port.targetPort,
		nodePort: port.nodePort || undefined,
		protocol: port.protocol,
	};
}
