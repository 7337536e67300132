import type {ConfigMap} from '../../model/settings/config-map.ts';
import type {Ingress} from '../../model/routes/ingress.ts';
import type {HttpRequest} from '../../model/request.ts';
import {isHeadless, type Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {passesTls, routeByCilium} from './cilium/route.ts';
import {envoyAnswers} from './record/answers.ts';
import {headersOr} from './record/backend-filter.ts';
import {byClassObject, hasDefaultClass} from './record/classes.ts';
import {gatewayNameLabel, specProfile} from './record/gateway-profile.ts';
import {byCilium} from './record/gateway-protocol.ts';
import {isBefore} from '../version.ts';
import type {Flags} from './record/facts.ts';
import type {NothingSent} from './record/nothing-sent.ts';
import type {AskedOfBackend, AskedOnHost, ControllerRecord} from './record/record.ts';

const controllerNames = ['cilium.io/ingress-controller'];

export const cilium: ControllerRecord = {
	implementation: 'Cilium',
	isEnvoy: true,
	sources: [
		'cilium/cilium 1.18: operator/pkg/ingress, operator/pkg/model/ingestion, operator/pkg/model/translation',
	],
	images: [
		'cilium/operator',
		'cilium/operator-generic',
		'cilium/operator-aws',
		'cilium/operator-azure',
		'cilium/operator-alibabacloud',
	],
	names: ['cilium-operator'],
	// Envoy in or beside the agent of each node; its Services have no selector.
	dataPlane: ['cilium', 'cilium-agent', 'cilium-envoy'],
	companions: ['cilium-envoy'],
	// Envoy sends with the reserved identity (docs, Cilium Ingress: two enforcement points; cilium/cilium#36509).
	sender: {identity: 'cilium-ingress'},
	listensOnHost,
	sendsNothing: headless,
	annotations: ['ingress.cilium.io/'],
	settings: {
		type: 'keys',
		usualNames: ['cilium-config'],
		// Its option is on by default (operator/pkg/ingress/cell.go).
		mayBe: {'enforce-ingress-https': 'false'},
	},
	ingress: {
		profile: 'cilium',
		controllerNames,
		annotationClasses: ['cilium'],
		takes: (requested, claimant) =>
			requested.annotation === undefined
				? requested.className === undefined
					? hasDefaultClass(claimant, controllerNames)
					: byClassObject(requested, claimant, {controllers: controllerNames, usualNames: ['cilium']})
				: requested.annotation === 'cilium',
		serviceFor,
		route: routeByCilium,
		passesTls,
		// envoy_listener.go: no filter chain for the name; SDS has no such Secret.
		tls: {
			withoutEntry: 'handshake-fails',
			missingSecret: 'handshake-fails',
			needsHosts: true,
			needsSecret: hasNoDefaultSecret,
		},
		bypassesProxy: () => true,
		answers: () => envoyAnswers,
		unknowns: () => [],
	},
	gateway: {
		controllerNames: ['io.cilium/gateway-controller'],
		gatewayLabels: ['io.cilium.gateway/owning-gateway', gatewayNameLabel],
		bypassesProxy: true,
		speaks: byCilium,
		// extractRoutes (operator/pkg/model/ingestion/gateway.go) passes over other filters of a backendRef.
		profile: () => ({...specProfile, isolatesHosts: true, backendFilter: headersOr('ignored')}),
		answers: () => envoyAnswers,
	},
};

/**
Endpoints of a headless Service reached Envoy no sooner than 1.16: 503, no healthy upstream (cilium/cilium#23182, #32644 of June 2024). Whether
a later 1.15 has that is not known.
*/
function headless({service, version}: AskedOfBackend): NothingSent | undefined {
	return isHeadless(service) && isBefore(version, [1, 16, 0])
		? {
				why: 'before 1.16 it has no endpoints of a headless Service',
				field: 'spec.clusterIP',
				value: 'None',
				remedy: 'Name a Service that has a cluster IP, or update Cilium.',
				isOpen: !isBefore(version, [1, 15, 6]) || undefined,
			}
		: undefined;
}

/**
Envoy takes requests on its nodes where a setting of the chart says so (docs, Host network mode): for Gateways on the ports of their
listeners, for Ingresses on ports of their own. Unread: it may.
*/
function listensOnHost(snapshot: Snapshot, {request, ingresses}: AskedOnHost): boolean | undefined {
	const data = snapshot.get('ConfigMap', 'kube-system', 'cilium-config')?.data;
	if (!data || !ingresses) {
		return data && data['gateway-api-hostnetwork-enabled'] === 'true';
	}

	return (
		data['ingress-hostnetwork-enabled'] === 'true' &&
		ingresses.some((ingress) => hostPortOf(ingress, data, request.scheme) === request.port)
	);
}

/** getSharedListenerPorts and getDedicatedListenerPorts (operator/pkg/ingress/ingress_reconcile.go): one port for http and https, 8080 by default. */
function hostPortOf({annotations}: Ingress, data: ConfigMap['data'], scheme: HttpRequest['scheme']): number {
	const mode = annotations['ingress.cilium.io/loadbalancer-mode'] ?? data['ingress-default-lb-mode'];
	const ports =
		mode === 'shared'
			? [
					data[`ingress-hostnetwork-${scheme}-listener-port`],
					data['ingress-hostnetwork-shared-listener-port'],
				]
			: [annotations['ingress.cilium.io/host-listener-port']];
	return ports.map(Number).find((port) => port > 0) ?? 8080;
}

/**
Of mode `dedicated` it has the name of the Ingress, of mode `shared` a fixed one in Cilium's namespace (docs, Ingress; operator/pkg/ingress,
buildDedicatedResources).
*/
function serviceFor(snapshot: Snapshot, {namespace, name}: Ingress): Service | undefined {
	const own = snapshot.get('Service', namespace, `cilium-ingress-${name}`);
	return [own, snapshot.get('Service', 'kube-system', 'cilium-ingress')].find(
		(service) => service?.labels['cilium.io/ingress'] === 'true' && service.type === 'LoadBalancer',
	);
}

/** Its ConfigMap holds every option: where one of them is known, the ConfigMap was read. */
function hasNoDefaultSecret(settings: Flags): boolean {
	return 'enforce-ingress-https' in settings && !settings['ingress-default-secret-name'];
}
