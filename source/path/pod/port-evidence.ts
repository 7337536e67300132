import {currentEvidence} from '../../model/current-evidence.ts';
import {
	isFailure,
	type ConnectObservation,
	type HttpObservation,
	type Vantage,
} from '../../model/evidence.ts';
import {sameIp} from '../../model/matching/ip.ts';
import type {Protocol} from '../../model/services/service.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';

/** What probes of one port of one pod showed. */
export type PortEvidence = {
	/**
	`refused`: nothing listens. `localhost-only`: accepted inside the pod, refused over the pod network. `open`: accepted somewhere.
	`none`: nothing was proven.
	*/
	readonly verdict: 'none' | 'open' | 'refused' | 'localhost-only';
	/** The probes that it rests on. */
	readonly observations: readonly PortObservation[];
};

export type PortObservation = ConnectObservation | HttpObservation;

/** A port of a pod: TCP and UDP of one number are two, and what one says nothing of the other. */
type ProbedPort = {readonly port: number; readonly protocol: Protocol};

type Outcome = 'accepted' | 'refused' | 'nothing';

/** Everything that was tried on one port of a pod and still holds, newest first: also what came to nothing. */
export function portObservations(
	snapshot: Snapshot,
	pod: Pod,
	requested: ProbedPort,
): readonly PortObservation[] {
	return [...currentEvidence(snapshot, 'connect', ['Pod']), ...currentEvidence(snapshot, 'http', ['Pod'])]
		.filter((item) => isAbout(item, pod, requested))
		.toSorted((a, b) => b.at - a.at);
}

/** Judges probes that still hold: those of a pod that has changed since are ignored. */
export function portEvidence(snapshot: Snapshot, pod: Pod, requested: ProbedPort): PortEvidence {
	const all = portObservations(snapshot, pod, requested);
	const inside = newest(all, isInside);
	const network = newest(all, (vantage) => !isInside(vantage));
	const observations = [inside, network].filter((item) => item !== undefined);
	return {verdict: verdictOf(inside && outcomeOf(inside), network && outcomeOf(network)), observations};
}

/** A port-forward enters at the localhost of the pod; everything else crosses the pod network. */
function verdictOf(inside: Outcome | undefined, network: Outcome | undefined): PortEvidence['verdict'] {
	if (inside === 'accepted') {
		return network === 'refused' ? 'localhost-only' : 'open';
	}

	if (network === 'accepted') {
		return 'open';
	}

	return inside === 'refused' || network === 'refused' ? 'refused' : 'none';
}

function newest(
	items: readonly PortObservation[],
	fits: (vantage: Vantage) => boolean,
): PortObservation | undefined {
	return items.find((item) => fits(item.vantage) && outcomeOf(item) !== 'nothing');
}

function isInside({type}: Vantage): boolean {
	return type === 'port-forward';
}

function isAbout({subject}: PortObservation, pod: Pod, {port, protocol}: ProbedPort): boolean {
	const isPod =
		subject.pod === undefined
			? pod.podIPs.some((ip) => sameIp(ip, subject.address))
			: subject.pod === pod.name && (subject.namespace ?? pod.namespace) === pod.namespace;
	const spoken = 'protocol' in subject ? subject.protocol : 'TCP';
	return isPod && subject.port === port && spoken === protocol;
}

/** A time-out proves nothing, nor does a failure from this machine, which may have no way to the pod (design §1.2). */
function outcomeOf(item: PortObservation): Outcome {
	if (isFailure(item.result)) {
		return 'nothing';
	}

	const outcome = 'outcome' in item.result ? connectOutcome(item.result.outcome) : httpOutcome(item.result);
	return item.vantage.type === 'machine' && outcome === 'refused' ? 'nothing' : outcome;
}

function connectOutcome(outcome: 'connected' | 'refused' | 'unreachable' | 'reset'): Outcome {
	switch (outcome) {
		case 'connected':
			return 'accepted';
		case 'refused':
			return 'refused';
		case 'unreachable':
		case 'reset':
			return 'nothing';
	}
}

/** The API server's proxy answers 503 itself where it cannot connect, and says why (`dial tcp …: connect: connection refused`). */
function httpOutcome({status, message}: {readonly status: number; readonly message?: string}): Outcome {
	if (status === 503 && message?.includes('dial tcp')) {
		return message.includes('connection refused') ? 'refused' : 'nothing';
	}

	return 'accepted';
}
