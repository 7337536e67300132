import {refOf, refText} from '../../model/ref.ts';
import {changedSince} from '../../model/current-evidence.ts';
import {isFailure, type NodeService, type RulesObservation, type RuleSet} from '../../model/evidence.ts';
import {parseIp} from '../../model/matching/ip.ts';
import type {EndpointSlice} from '../../model/services/endpoint-slice.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {endpointText, type ProxyEndpoint} from './endpoints.ts';
import type {Verdict} from './exposure-type-verdict.ts';
import {portKeyText, type ProxyPort} from './proxy-port.ts';
import type {ExposureType} from './exposure-type.ts';

/** What a node's rules are, beside what they should be. */
export type RulesCheck = {
	readonly node: string;
	readonly state: 'agrees' | 'differs' | 'unknown';
	/** How the rules differ; several may apply at once. */
	readonly differs?: 'no-entry' | 'rejects' | 'drops' | 'backends';
	/** `address:port` of endpoints the node does not send to. */
	readonly missing: readonly string[];
	/** `address:port` that it sends to, and that is no endpoint. */
	readonly stale: readonly string[];
	/** None of the addresses it sends to is an endpoint. */
	readonly allStale: boolean;
	readonly why?: string;
	readonly at: number;
	readonly mode?: RuleSet['mode'];
};

/** Time kube-proxy may take to follow a change: minSyncPeriod is 1 s by default, syncs of a large cluster take seconds. */
const syncPeriod = 10_000;

type Question = {
	readonly snapshot: Snapshot;
	readonly service: Service;
	readonly port: ProxyPort;
	readonly exposureType: ExposureType;
	/** What the node should do. */
	readonly expected: Verdict<ProxyEndpoint>;
};

/** Compares what was read on a node with the verdict its rules should give. */
export function checkRules(observation: RulesObservation, question: Question): RulesCheck {
	const {subject, at, result} = observation;
	const base = {node: subject.node, at, missing: [], stale: [], allStale: false} as const;
	if (isFailure(result)) {
		return {...base, state: 'unknown', why: result.message};
	}

	const changed = whyOld(observation, question);
	if (changed) {
		return {...base, state: 'unknown', why: changed, mode: result.mode};
	}

	if (result.families && !result.families.includes(question.port.family)) {
		return {
			...base,
			state: 'unknown',
			why: `the dump holds no ${question.port.family} rules`,
			mode: result.mode,
		};
	}

	const entry = result.services[portKeyText(question.port)];
	const found = {...base, ...differences(entry, question), mode: result.mode};
	const youngest = Math.max(0, ...slicesOf(question).map(({triggeredAt}) => triggeredAt ?? 0));
	return found.state === 'differs' && at - youngest < syncPeriod
		? {
				...found,
				state: 'unknown',
				differs: undefined,
				why: 'the endpoints changed seconds before the rules were read',
			}
		: found;
}

type Differences = Pick<RulesCheck, 'state' | 'differs' | 'missing' | 'stale' | 'allStale'>;

function differences(entry: NodeService | undefined, {port, exposureType, expected}: Question): Differences {
	const wanted = expected.verdict === 'DNAT' ? expected.endpoints.map(endpointText) : [];
	const side = exposureType === 'cluster-ip' ? entry?.backends : entry?.external;
	const held = (side ?? [])
		.filter(({address}) => parseIp(address)?.family === port.family)
		.map((backend) => endpointText(backend));
	const missing = wanted.filter((text) => !held.includes(text));
	const stale = held.filter((text) => !wanted.includes(text));
	const differs = howItDiffers(entry, {
		isWanted: wanted.length > 0,
		held,
		isSame: missing.length + stale.length === 0,
	});
	return {
		state: differs ? 'differs' : 'agrees',
		differs,
		missing: differs ? missing : [],
		stale,
		allStale: held.length > 0 && stale.length === held.length,
	};
}

/** A node that has no rule for a port without endpoints, or refuses it either way, sends nowhere: as it should. */
function howItDiffers(
	entry: NodeService | undefined,
	{
		isWanted,
		held,
		isSame,
	}: {readonly isWanted: boolean; readonly held: readonly string[]; readonly isSame: boolean},
): RulesCheck['differs'] {
	if (held.length > 0) {
		return isSame ? undefined : 'backends';
	}

	if (!isWanted) {
		return undefined;
	}

	return entry?.rejects ? 'rejects' : entry?.drops ? 'drops' : 'no-entry';
}

/** Why an observation is of another time than the objects. Only this Service and its slices count. */
function whyOld(observation: RulesObservation, question: Question): string | undefined {
	const {snapshot, service} = question;
	const own = new Set([
		refText(refOf('Service', service)),
		...slicesOf(question).map((slice) => refText(refOf('EndpointSlice', slice))),
	]);
	const changed = changedSince(snapshot, observation, (object) => own.has(object));
	return changed && `${changed} has changed since the rules were read`;
}

function slicesOf({snapshot, port}: Question): readonly EndpointSlice[] {
	return snapshot.slicesOf(port.namespace, port.service);
}
