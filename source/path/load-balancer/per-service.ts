import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {Service} from '../../model/services/service.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {namesList} from '../../rules/names-list.ts';
import {loadBalancerFindings} from './catalogue.ts';

/** 210, said of one Service, over all that are given: plain HTTP ones with a load balancer each. */
export function perServiceFindings(service: Service, all: readonly Service[]): readonly Finding[] {
	const plain = isPlainEntry(service) ? all.filter(isPlainEntry) : [];
	if (plain.length < 2) {
		return [];
	}

	const others = plain.filter((other) => !isSame(other, service));
	return [
		finding(loadBalancerFindings.loadBalancerPerService, {
			message: `${plain.length} plain HTTP Services of ${service.namespace} have a load balancer each; one Ingress or Gateway could serve them all.`,
			evidence: [service, ...others]
				.slice(0, 5)
				.map((each) => objectField(refOf('Service', each), 'spec.type', 'LoadBalancer')),
			remedy: `Put ${service.name} and ${namesList(others.map(({name}) => name))} behind one entry.`,
			command: kubectl(service, 'get', 'services', '--field-selector', 'spec.type=LoadBalancer'),
		}),
	];
}

function isSame(one: Service, other: Service): boolean {
	return one.namespace === other.namespace && one.name === other.name;
}

const httpPorts = new Set([80, 443, 8080, 8443, 3000, 8000]);

/** An internal load balancer or one of its own class is there for a reason, as an ingress controller's is. */
function isPlainEntry(service: Service): boolean {
	return (
		service.type === 'LoadBalancer' &&
		service.loadBalancerClass === undefined &&
		service.ports.length > 0 &&
		service.ports.every(
			({port, name, appProtocol}) => httpPorts.has(port) || /^https?\b/.test(appProtocol ?? name),
		) &&
		!isController(service)
	);
}

const controllerWords = /ingress|gateway|traefik|nginx|haproxy|contour|envoy|istio|kong|proxy|ambassador/;

function isController({name, namespace, selector}: Service): boolean {
	return [name, namespace, ...Object.values(selector ?? {})].some((text) => controllerWords.test(text));
}
