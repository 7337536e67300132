import {kubectl} from '../../../model/safe-text/command.ts';
import {matchesLabels} from '../../../model/matching/label-selector.ts';
import type {Pod} from '../../../model/workloads/pod.ts';
import {refOf} from '../../../model/ref.ts';
import type {Service} from '../../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import {fqdn, isWithin} from '../../../rules/cluster-dns/name.ts';
import {parseName, type NameRequest} from '../../../rules/cluster-dns/parse-name.ts';
import type {Resolution} from '../../../rules/cluster-dns/client/resolve-as.ts';
import {objectField} from '../../finding.ts';
import {nearest} from '../../nearest.ts';
import {serviceAdvice} from './service-advice.ts';
import type {Advice} from './advice.ts';
import {labelsText} from '../../words.ts';

/** Which part of a name of the cluster is wrong: namespace, Service, pod, subdomain or readiness. Undefined: it is no such name. */
export function nameAdvice(
	snapshot: Snapshot,
	{tries}: Pick<Resolution, 'tries'>,
	domain: string,
): Advice | undefined {
	const zone = fqdn(domain);
	const requests = tries
		.flatMap(({name, outcomes}) => [
			name,
			...outcomes.slice(0, 1).flatMap(({outcome}) => outcome.rewritten ?? []),
		])
		.flatMap((name) => (isWithin(zone, name) ? (parseName(name.toLowerCase(), zone) ?? []) : []))
		.filter(({type, port}) => type === 'svc' && port === '');
	const [meant] = requests
		.filter(({service}) => service !== '')
		.toSorted((a, b) => likelihood(snapshot, b) - likelihood(snapshot, a));
	const place = requests.find(
		({service, namespace}) => service === '' && snapshot.get('Namespace', '', namespace) !== undefined,
	);
	if (place && (!meant || likelihood(snapshot, meant) < 3)) {
		return namespaceAlone(place.namespace);
	}

	if (!meant || !isKnown(snapshot.state('Service', meant.namespace))) {
		return undefined;
	}

	const service = snapshot.get('Service', meant.namespace, meant.service);
	if (!service) {
		return missingService(snapshot, meant);
	}

	const advice =
		meant.endpoint === ''
			? serviceAdvice(snapshot, service)
			: endpointAdvice(snapshot, service, meant.endpoint);
	return advice && {...advice, isOurs: true};
}

/** `NAMESPACE.svc` exists and has no address: NOERROR without records (coredns, plugin/kubernetes, findServices). */
function namespaceAlone(namespace: string): Advice {
	return {
		cause: `it is the name of namespace ${namespace}, and names no Service`,
		remedy: `Write the name of a Service before it: SERVICE.${namespace}.`,
		command: kubectl({namespace}, 'get', 'services'),
		isOurs: true,
	};
}

/** `a.b` may be pod `a` of Service `b`, or Service `a` of namespace `b`: what exists tells which was meant. */
function likelihood(snapshot: Snapshot, {namespace, service, endpoint}: NameRequest): number {
	if (snapshot.get('Service', namespace, service)) {
		return 3;
	}

	const hasNamespace =
		snapshot.get('Namespace', '', namespace) !== undefined || snapshot.list('Service', namespace).length > 0;
	return hasNamespace ? (endpoint === '' ? 2 : 1) : 0;
}

function missingService(snapshot: Snapshot, {namespace, service, endpoint}: NameRequest): Advice {
	const pod = endpoint === '' ? undefined : snapshot.get('Pod', namespace, endpoint);
	if (pod?.subdomain === service) {
		return ownSubdomainAdvice(snapshot, pod, service);
	}

	if (pod?.subdomain) {
		return {...subdomainAdvice(snapshot, pod, service), cause: `there is no Service ${service}`};
	}

	const all = snapshot.list('Service');
	const elsewhere = all.find(({name}) => name === service);
	const here = all.filter((each) => each.namespace === namespace).map(({name}) => name);
	const [like] = nearest(service, here);
	return {
		isLikely: elsewhere !== undefined || like !== undefined || (endpoint === '' && here.length > 0),
		cause: `there is no Service ${service} in namespace ${namespace}`,
		remedy: elsewhere
			? `Use ${service}.${elsewhere.namespace}: the Service is in that namespace.`
			: like
				? `Use ${like}, if that Service was meant.`
				: 'Check the spelling of the Service and of its namespace.',
		command: elsewhere
			? kubectl(elsewhere, 'get', 'service', service)
			: kubectl({namespace}, 'get', 'services'),
	};
}

/** The pod is where it should be, and the Service of its subdomain is missing. */
function ownSubdomainAdvice(snapshot: Snapshot, pod: Pod, service: string): Advice {
	const {namespace, labels} = pod;
	const selecting = snapshot
		.list('Service', namespace)
		.find(({selector}) => selector && matchesLabels(selector, labels));
	return {
		isOurs: true,
		cause: `there is no Service ${service} in namespace ${namespace}`,
		remedy: selecting
			? `Rename Service ${selecting.name} to ${service}: pod ${pod.name} has that as subdomain.`
			: `Create a headless Service ${service} that selects pod ${pod.name}.`,
		command: kubectl({namespace}, 'get', 'services'),
		evidence: [objectField(refOf('Pod', pod), 'spec.subdomain', service)],
	};
}

/** POD.SERVICE: the EndpointSlice controller gives an endpoint its hostname where the pod's subdomain names the Service. */
function endpointAdvice(snapshot: Snapshot, service: Service, label: string): Advice | undefined {
	const {namespace, name, selector} = service;
	if (!isKnown(snapshot.state('Pod', namespace))) {
		return undefined;
	}

	const pod = snapshot.get('Pod', namespace, label);
	if (!pod) {
		return noPodAdvice(snapshot, service, label);
	}

	if (pod.subdomain !== name) {
		return subdomainAdvice(snapshot, pod, name);
	}

	if (pod.hostname !== undefined && pod.hostname !== label) {
		return hostnameAdvice(pod, name);
	}

	if (selector && !matchesLabels(selector, pod.labels)) {
		return {
			cause: `Service ${name} does not select pod ${label}`,
			remedy: 'Correct the selector of the Service or the labels of the pod.',
			command: kubectl({namespace}, 'get', 'pod', label, '--show-labels'),
			evidence: [objectField(refOf('Service', service), 'spec.selector', labelsText(selector))],
		};
	}

	return pod.ready || service.publishNotReadyAddresses ? undefined : notReadyAdvice(pod, service);
}

/** The record has the hostname of the pod, not its name (kubernetes.io, DNS for Services and Pods, hostname and subdomain). */
function hostnameAdvice(pod: Pod, service: string): Advice {
	const {hostname = ''} = pod;
	return {
		cause: `the hostname of pod ${pod.name} is ${hostname}`,
		remedy: `Use ${hostname}.${service}.`,
		command: kubectl(pod, 'get', 'pod', pod.name, '-o', 'yaml'),
		evidence: [objectField(refOf('Pod', pod), 'spec.hostname', hostname)],
	};
}

function noPodAdvice(snapshot: Snapshot, {namespace, name}: Service, label: string): Advice {
	const [like] = nearest(
		label,
		snapshot.list('Pod', namespace).map((each) => each.name),
	);
	return {
		cause: `there is no pod ${label} in namespace ${namespace}`,
		remedy: like
			? `Use ${like}.${name}, if that pod was meant.`
			: `Use ${name}: it stands for all of its pods.`,
		command: kubectl({namespace}, 'get', 'pods'),
	};
}

function notReadyAdvice(pod: Pod, service: Service): Advice {
	return {
		cause: `pod ${pod.name} is not ready`,
		remedy: `Make the pod ready, or set publishNotReadyAddresses: true on Service ${service.name} if peers look for it before.`,
		command: kubectl(pod, 'describe', 'pod', pod.name),
		evidence: [objectField(refOf('Pod', pod), 'status.conditions[Ready].status', 'False')],
	};
}

/** A StatefulSet gives its pods the subdomain `spec.serviceName`, whatever Service selects them (kubernetes/kubernetes#74950). */
function subdomainAdvice(snapshot: Snapshot, pod: Pod, wanted: string): Advice {
	const {namespace, name, subdomain, owner} = pod;
	const set = owner?.kind === 'StatefulSet' ? snapshot.get('StatefulSet', namespace, owner.name) : undefined;
	const exists = subdomain !== undefined && snapshot.get('Service', namespace, subdomain) !== undefined;
	const own = subdomain ? `is ${subdomain}` : 'is not set';
	const whose = set ? `serviceName of StatefulSet ${set.name}` : `subdomain of pod ${name}`;
	const again = set ? `StatefulSet ${set.name} again with serviceName` : `the pod again with subdomain`;
	return {
		cause: `the ${whose} ${own}, not ${wanted}`,
		remedy: exists ? `Use ${name}.${subdomain}.` : `Rename Service ${wanted}, or create ${again}: ${wanted}.`,
		command: set
			? kubectl({namespace}, 'get', 'statefulset', set.name, '-o', 'yaml')
			: kubectl({namespace}, 'get', 'pod', name, '-o', 'yaml'),
		evidence: [
			objectField(refOf('Pod', pod), 'spec.subdomain', subdomain ?? 'absent'),
			...(set
				? [objectField(refOf('StatefulSet', set), 'spec.serviceName', set.serviceName ?? 'absent')]
				: []),
		],
	};
}
