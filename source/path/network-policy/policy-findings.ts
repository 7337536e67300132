import type {Protocol} from '../../model/services/service.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Decision} from '../../rules/network-policy/decide.ts';
import type {Connection, PolicySource} from '../../rules/network-policy/connections.ts';
import {adminKinds} from '../../rules/network-policy/admin-tiers.ts';
import type {Enforcer} from '../../rules/network-policy/enforcer.ts';
import type {NearMiss} from '../../rules/network-policy/near-miss.ts';
import type {CatalogueEntry} from '../catalogue-entry.ts';
import {type Finding, finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {networkPolicyFindings} from './catalogue.ts';
import {hostRemedy, identityRemedy, missField} from './near-miss-text.ts';
import {combine, toOthers} from './combine.ts';
import {enforcedText, enforcementOf} from './enforcement.ts';
import {exceptedField, exceptedText} from './excepted.ts';
import {policiesText, policyEvidence, showPolicies} from './policy-text.ts';
import type {Probed} from './probed.ts';
import {whyUndecidable} from './why-undecidable.ts';

export type Evaluated = {
	readonly connections: readonly Connection[];
	readonly from: PolicySource;
	readonly protocol: Protocol;
	readonly seen: Probed;
	readonly enforcer: Enforcer;
	/** Nobody may be meant to ask the port (`side-port.ts`). */
	readonly isSide?: boolean;
};

/** KNET801, 802, 804, 805 and 806. Nothing where a probe from the client got through. */
export function policyFindings(evaluated: Evaluated): readonly Finding[] {
	return evaluated.seen === 'connected'
		? []
		: [ofDirection(evaluated, 'ingress'), ofDirection(evaluated, 'egress')].filter(
				(item) => item !== undefined,
			);
}

type Direction = 'ingress' | 'egress';

function ofDirection(evaluated: Evaluated, direction: Direction): Finding | undefined {
	const others = toOthers(evaluated.connections);
	const {verdict, by} = combine(others.map((connection) => connection[direction]));
	switch (verdict) {
		case 'allowed':
			return undefined;
		case 'partly':
			return someConnections(evaluated, direction, by);
		case 'undecidable':
			return undecidable(evaluated, by);
		case 'denied':
			return denied({...evaluated, connections: others}, direction, {
				by,
				reachesItself: others.length < evaluated.connections.length,
			});
	}
}

type Denial = {
	readonly by: readonly ObjectRef[];
	/** The client is one of the backends: its requests to itself get through. */
	readonly reachesItself: boolean;
};

function denied(evaluated: Evaluated, direction: Direction, {by, reachesItself}: Denial): Finding {
	const {entry, message} = deniedText(evaluated, direction, by);
	const enforcement = enforcementOf(evaluated.enforcer, evaluated.seen === 'timed-out', by);
	const miss = nearMissOf(evaluated.connections, direction);
	const byRule = evaluated.connections.some((connection) => connection[direction].byRule);
	const isOpen = direction === 'ingress' && evaluated.isSide === true && enforcement !== 'nobody';
	const severity = reachesItself && enforcement !== 'nobody' ? 'warning' : severities[enforcement];
	return finding(entry, {
		undecided: isOpen || undefined,
		severity: isOpen ? undefined : severity,
		message: `${message}: ${enforcedText(evaluated.enforcer, enforcement, reachesItself)}.`,
		evidence: [
			...(miss
				? [missField(miss)]
				: policyEvidence(by, by.some(isAdmin) || byRule ? 'a rule denies it' : 'no rule matches')),
			...evaluated.enforcer.evidence,
		],
		toFix: by,
		remedy: isOpen
			? 'Leave it if nobody asks this port; else add a rule for it.'
			: byRule
				? `Take this connection out of the rule of ${namesOf(by.map(({name}) => name))} that denies it: it goes before those that admit.`
				: by.some(isAdmin)
					? `Add an Accept or Pass rule for this connection before the rule of ${namesOf(by.map(({name}) => name))} that denies it.`
					: remedyOf(evaluated, direction, miss),
		command: showPolicies(by),
	});
}

function isAdmin({kind}: ObjectRef): boolean {
	return adminKinds.some((each) => each === kind);
}

const severities = {proven: 'error', enforced: 'error', unknown: 'warning', nobody: 'info'} as const;

function deniedText(
	evaluated: Evaluated,
	direction: Direction,
	by: readonly ObjectRef[],
): {readonly entry: CatalogueEntry; readonly message: string} {
	const {from} = evaluated;
	const policies = policiesText(by);
	const port = portText(evaluated);
	const doNot = by.length > 1 ? 'do not' : 'does not';
	const notAdmitted = `${policies} ${doNot} admit ${sourceText(from)} on ${port}`;
	if (direction === 'egress') {
		return {
			entry: networkPolicyFindings.policyDeniesEgress,
			message: `${policies} ${doNot} let ${sourceText(from)} out to ${port}`,
		};
	}

	return from.type === 'controller'
		? {
				entry: networkPolicyFindings.policyBlocksController,
				message: notAdmitted,
			}
		: {
				entry: networkPolicyFindings.policyDeniesIngress,
				message:
					from.type === 'node' && from.name === undefined
						? `${admitText(by)} nobody on ${port}`
						: notAdmitted,
			};
}

function admitText(by: readonly ObjectRef[]): string {
	return `${policiesText(by)} ${by.length > 1 ? 'admit' : 'admits'}`;
}

function nearMissOf(connections: readonly Connection[], direction: Direction): NearMiss | undefined {
	return connections.map((connection) => connection[direction].nearMiss).find((miss) => miss !== undefined);
}

function remedyOf(evaluated: Evaluated, direction: Direction, miss: NearMiss | undefined): string {
	const {from, connections} = evaluated;
	if (from.type === 'controller' && from.sender?.identity === 'cilium-ingress') {
		return 'Add a CiliumNetworkPolicy with fromEntities: [ingress]: no NetworkPolicy rule with a peer means that identity.';
	}

	if (miss?.type === 'namespace') {
		return `Add a namespaceSelector for namespace ${miss.peerNamespace} to that rule of ${miss.policy.name}.`;
	}

	if (miss?.type === 'label-name') {
		return `Ask for kubernetes.io/metadata.name: ${miss.name} in the namespaceSelector of ${miss.policy.name}, or label the namespace.`;
	}

	if (miss?.type === 'host-pod') {
		return hostRemedy(miss, direction);
	}

	if (miss?.type === 'block') {
		return identityRemedy(miss, direction);
	}

	const ports = portText({...evaluated, connections});
	return miss
		? `Admit ${ports} in ${miss.path} of ${miss.policy.name}: ${connections.some(({port, endpoint}) => port !== endpoint.port) ? 'ztunnel carries the connection there' : 'policies see the port of the pod, not that of the Service'}.`
		: `Add a rule for ${direction === 'egress' ? 'these pods' : 'this source'} and ${ports} to one of these policies, or a policy of its own.`;
}

/** Some backends, or some of the nodes by which clients come in. */
function someConnections(evaluated: Evaluated, direction: Direction, by: readonly ObjectRef[]): Finding {
	const {connections, from, enforcer, seen} = evaluated;
	const shut = connections.filter((connection) => isDenied(connection[direction]));
	const enforcement = enforcementOf(enforcer, seen === 'timed-out', by);
	const byEntry = connections.some(({entry}) => entry !== undefined);
	const names = [...new Set(shut.map(({endpoint}) => endpoint.pod ?? endpoint.address))];
	const total = new Set(connections.map(({endpoint}) => endpoint.pod ?? endpoint.address)).size;
	return finding(networkPolicyFindings.policyAdmitsSomeBackends, {
		severity: enforcement === 'nobody' ? 'info' : 'warning',
		message: byEntry
			? `${admitText(by)} ${sourceText(from)} only where it enters by ${entriesText(connections, direction)}.`
			: `${admitText(by)} ${sourceText(from)} to ${total - names.length} of ${count(total, 'backend')}, not to ${namesOf(names)}.`,
		evidence: policyEvidence(
			by,
			byEntry
				? "other nodes put their own address in place of the client's (externalTrafficPolicy: Cluster)"
				: `denies ${namesOf(names)}`,
		),
		toFix: by,
		remedy: byEntry
			? 'Set externalTrafficPolicy: Local, which keeps the address of the client, or admit the nodes.'
			: 'Let the policies select all backends of the Service alike: compare labels and named ports.',
		command: showPolicies(by),
	});
}

function isDenied({verdict}: Decision): boolean {
	return verdict === 'denied';
}

function entriesText(connections: readonly Connection[], direction: Direction): string {
	const fitting = connections.filter((connection) => !isDenied(connection[direction]));
	const nodes = [...new Set(fitting.flatMap(({entry}) => entry ?? []))];
	return `${nodes.length === 1 ? 'node' : 'nodes'} ${namesOf(nodes)}, where the pod is`;
}

function undecidable(evaluated: Evaluated, by: readonly ObjectRef[]): Finding {
	const {connections, from, enforcer} = evaluated;
	const excepted = connections
		.flatMap(({ingress, egress}) => [ingress.excepted, egress.excepted])
		.find((each) => each !== undefined && by.some(({name}) => name === each.policy.name));
	const why = excepted
		? ` (${exceptedText(enforcer, excepted)})`
		: `: ${whyUndecidable(connections, from, by)}`;
	return finding(networkPolicyFindings.policyUndecidable, {
		message: `Whether ${admitText(by)} ${sourceText(from)} is not known${why}.`,
		evidence: excepted ? [exceptedField(excepted)] : policyEvidence(by, 'may match'),
		toFix: by,
		remedy: 'Probe the connection from the client.',
		command: showPolicies(by),
	});
}

function portText({connections, protocol}: Pick<Evaluated, 'connections' | 'protocol'>): string {
	const ports = [...new Set(connections.map(({port}) => port))];
	const isTunnel = connections.some(({port, endpoint}) => port !== endpoint.port);
	return `port ${ports.join(', ')}/${protocol}${isTunnel ? ' (HBONE of the ambient mesh)' : ''}`;
}

function sourceText(from: PolicySource): string {
	switch (from.type) {
		case 'pod':
			return `pod ${from.pod.namespace}/${from.pod.name}`;
		case 'controller':
			return from.sender?.identity === 'cilium-ingress'
				? `${from.name}'s Envoy (identity ingress)`
				: from.sender
					? from.name
					: `the pods of ${from.name}`;
		case 'external':
			return from.ip === undefined ? 'clients outside the cluster' : `client ${from.ip}`;
		case 'node':
			return from.name === undefined ? 'anybody' : `node ${from.name}`;
	}
}
