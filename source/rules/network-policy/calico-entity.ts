import {asCidr} from '../../model/matching/ip.ts';
import type {Labels} from '../../model/meta.ts';
import type {CalicoEntity, CalicoRule, PolicyPort} from '../../model/policies/network-policy.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Protocol} from '../../model/services/service.ts';
import {matchesCalicoSelector} from './calico-selector.ts';
import type {Identity} from './identity.ts';
import {matchPeer} from './match-peer.ts';
import {matchPort, type Destination} from './match-port.ts';
import {anyOf, both, type Answer, type Party} from './party.ts';

export type CalicoQuestion = {
	readonly direction: 'Ingress' | 'Egress';
	readonly subject: Pod;
	/** Labels of the subject's namespace. */
	readonly subjectNamespace?: Labels;
	readonly peer: Party;
	readonly destination: Destination;
	readonly identity: Identity;
};

/** Whether a rule means the connection: all that it says has to hold. `namespace`: of its policy, '' for a global one. */
export function matchCalicoRule(
	rule: CalicoRule,
	question: CalicoQuestion & {readonly namespace: string},
): Answer {
	const {direction, peer, destination} = question;
	const {protocol} = destination;
	if ((rule.protocol ?? protocol) !== protocol || rule.notProtocol === protocol) {
		return 'no';
	}

	const own = ownParty(question);
	const [source, target] = direction === 'Ingress' ? [peer, own] : [own, peer];
	const asked = {...question, action: rule.action};
	return allOf([
		() => matchEntity(rule.source, source, asked),
		() => matchEntity(rule.destination, target, asked),
		// What port a client sends from is not known.
		() => (rule.source.ports.length + rule.source.notPorts.length > 0 ? 'unknown' : 'yes'),
		() => matchPortTexts(rule.destination, destination),
		() => (rule.isOpen ? 'unknown' : 'yes'),
	]);
}

function ownParty({subject, subjectNamespace, destination}: CalicoQuestion): Party {
	const ip =
		destination.party.type === 'pod' && destination.party.pod === subject ? destination.party.ip : undefined;
	return {type: 'pod', pod: subject, namespaceLabels: subjectNamespace, ip: ip ?? subject.podIPs[0]};
}

type Asked = {readonly namespace: string; readonly identity: Identity; readonly action: string};

function matchEntity(entity: CalicoEntity, party: Party, {namespace, identity, action}: Asked): Answer {
	const {nets, notNets, notSelector, isOpen} = entity;
	const isNarrow =
		selects(entity, namespace) || nets.length + notNets.length > 0 || notSelector !== '' || isOpen;
	// An Allow admits some source, whatever narrows it. A Deny shuts out every source only where nothing narrows it.
	if (party.type === 'anybody') {
		return isNarrow && action === 'Deny' ? 'no' : 'yes';
	}

	const inNet = (cidr: string): Answer =>
		matchPeer({ipBlock: {cidr: asCidr(cidr), except: []}}, party, {namespace: '', identity});
	return allOf([
		() => (selects(entity, namespace) ? matchSelected(entity, party, namespace) : 'yes'),
		() => (nets.length > 0 ? anyOf(nets, inNet) : 'yes'),
		() => not(notNets.length > 0 ? anyOf(notNets, inNet) : 'no'),
		() => not(notSelector === '' ? 'no' : selectedBy(notSelector, party)),
		() => (isOpen ? 'unknown' : 'yes'),
	]);
}

/** notSelector too narrows a rule of a policy with a namespace to that namespace (libcalico-go, getEndpointSelector). */
function selects(entity: CalicoEntity, namespace: string): boolean {
	const {selector, namespaceSelector, notSelector, serviceAccounts} = entity;
	return (
		selector !== '' ||
		namespaceSelector !== '' ||
		serviceAccounts.length > 0 ||
		(namespace !== '' && notSelector !== '')
	);
}

/**
Of a policy with a namespace a selector alone means the pods of that namespace. Addresses outside may be of a NetworkSet, and nodes of
a HostEndpoint, which are not read.
*/
function matchSelected(
	{selector, namespaceSelector, serviceAccounts}: CalicoEntity,
	party: Exclude<Party, {type: 'anybody'}>,
	own: string,
): Answer {
	if (party.type !== 'pod') {
		return 'unknown';
	}

	const {pod, namespaceLabels} = party;
	const account = pod.serviceAccount ?? 'default';
	const isOfAccount = serviceAccounts.length === 0 || serviceAccounts.includes(account);
	return allOf([
		() => (isOfAccount ? 'yes' : 'no'),
		() =>
			namespaceSelector === '' && own !== '' && own !== pod.namespace
				? 'no'
				: matchCalicoNamespace(namespaceSelector, pod.namespace, namespaceLabels),
		() => selectedBy(selector, party),
	]);
}

/** Whether a selector means a namespace whose labels may not be known. `global()` means what has no namespace. */
export function matchCalicoNamespace(
	selector: string,
	namespace: string,
	labels: Labels | undefined,
): Answer {
	if (selector === '') {
		return 'yes';
	}

	if (labels === undefined) {
		return 'unknown';
	}

	return selector.trim() === 'global()'
		? 'no'
		: answerOf(matchesCalicoSelector(selector, {'projectcalico.org/name': namespace, ...labels}));
}

function selectedBy(selector: string, party: Exclude<Party, {type: 'anybody'}>): Answer {
	return party.type === 'pod'
		? answerOf(matchesCalicoSelector(selector, calicoLabels(party.pod)))
		: 'unknown';
}

/** Labels that Calico adds to those of a pod (libcalico-go, conversion). */
export function calicoLabels({
	namespace,
	labels,
	serviceAccount,
}: Pick<Pod, 'namespace' | 'labels' | 'serviceAccount'>): Labels {
	return {
		...labels,
		'projectcalico.org/namespace': namespace,
		'projectcalico.org/orchestrator': 'k8s',
		'projectcalico.org/serviceaccount': serviceAccount ?? 'default',
	};
}

function matchPortTexts({ports, notPorts}: CalicoEntity, destination: Destination): Answer {
	const match = (text: string): Answer => {
		const port = portOf(text, destination.protocol);
		// A host endpoint may name a port of a node or an address.
		const isHidden = typeof port.port === 'string' && destination.party.type !== 'pod';
		return isHidden ? 'unknown' : matchPort(port, destination);
	};
	return both(ports.length > 0 ? anyOf(ports, match) : 'yes', () =>
		not(notPorts.length > 0 ? anyOf(notPorts, match) : 'no'),
	);
}

/** `80`, `80:90`, or a name. */
function portOf(text: string, protocol: Protocol): PolicyPort {
	const [, first, last] = /^(\d+)(?::(\d+))?$/u.exec(text) ?? [];
	return first === undefined
		? {protocol, port: text}
		: {protocol, port: Number(first), endPort: last === undefined ? undefined : Number(last)};
}

function allOf(tests: readonly (() => Answer)[]): Answer {
	return tests.reduce<Answer>((answer, test) => both(answer, test), 'yes');
}

function not(answer: Answer): Answer {
	return answer === 'unknown' ? answer : answer === 'yes' ? 'no' : 'yes';
}

export function answerOf(answer: boolean | undefined): Answer {
	return answer === undefined ? 'unknown' : answer ? 'yes' : 'no';
}
