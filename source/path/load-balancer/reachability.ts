import {currentEvidence} from '../../model/current-evidence.ts';
import {
	isFailure,
	type ConnectObservation,
	type HttpObservation,
	type TlsObservation,
} from '../../model/evidence.ts';
import {isPublicAddress, joinHostPort, parseIp} from '../../model/matching/ip.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {ObservedCheck} from '../details.ts';
import {type Finding, finding} from '../finding.ts';
import {noHandshakeText} from '../observed-checks.ts';
import {vantageText} from '../vantage-text.ts';
import type {StopReason} from '../../rules/stop.ts';
import type {Fault} from './fault.ts';
import {loadBalancerFindings} from './catalogue.ts';

/** A probe of an address that clients use, and what it proves. */
export type Probe = ObservedCheck & {
	readonly address: string;
	readonly port: number;
	/** `no-tls`: something takes connections there, and no TLS for the host that is asked for. */
	readonly proves: 'reached' | 'unreachable' | 'no-tls' | 'nothing';
	readonly stop?: StopReason;
};

export type FrontendAddresses = {
	readonly addresses: readonly string[];
	readonly ports: readonly number[];
	/** Whose handshakes count: other hosts may have other certificates. */
	readonly host?: string;
};

type Observation = ConnectObservation | TlsObservation | HttpObservation;

/** Probes of the doors, newest first; what went through the API server or a port-forward says nothing of them. */
export function probesOf(snapshot: Snapshot, {addresses, ports, host}: FrontendAddresses): readonly Probe[] {
	const all: readonly Observation[] = (['connect', 'tls', 'http'] as const).flatMap(
		(type): readonly Observation[] => currentEvidence(snapshot, type, ['Service']),
	);
	return all
		.filter(({subject}) => addresses.includes(subject.address) && ports.includes(subject.port))
		.filter(({vantage}) => vantage.type !== 'api-server' && vantage.type !== 'port-forward')
		.map((observation) => toProbe(observation, host));
}

export function isReached(probes: readonly Probe[]): boolean {
	return probes.some(({proves}) => proves === 'reached');
}

/** 209: an address that failed and that nothing has reached. */
export function unreachableFaults(probes: readonly Probe[]): readonly Fault[] {
	const noTls = addressesWhere(probes, ({proves}) => proves === 'no-tls');
	const reached = addressesWhere(probes, ({proves, address}) => proves === 'reached' && !noTls.has(address));
	const failed = probes.filter(
		({proves, address}) => (proves === 'unreachable' || proves === 'no-tls') && !reached.has(address),
	);
	const [first] = failed;
	if (!first) {
		return [];
	}

	return [
		{
			finding: finding(loadBalancerFindings.loadBalancerUnreachable, {
				severity: reached.size > 0 ? 'warning' : 'error',
				message: `${joinHostPort(first.address, first.port)} ${first.proves === 'no-tls' ? 'takes connections' : 'does not answer'} from ${first.vantage}${first.proves === 'no-tls' ? ', and ' : ': '}${first.result}.`,
				evidence: failed
					.slice(0, 5)
					.map(({vantage, what, result}) => ({object: vantage, path: what, value: result})),
				...remedyOf(first),
			}),
			stop: first.stop ?? 'dropped',
		},
	];
}

function addressesWhere(probes: readonly Probe[], holds: (probe: Probe) => boolean): ReadonlySet<string> {
	return new Set(probes.filter(holds).map(({address}) => address));
}

function remedyOf({address, port, proves}: Probe): Pick<Finding, 'remedy' | 'command'> {
	const place = joinHostPort(address, port);
	return proves === 'no-tls'
		? {
				remedy: 'See that what listens on that port speaks TLS and has a certificate for the host.',
				command: `openssl s_client -connect ${place}`,
			}
		: {
				remedy:
					'Look at firewalls in front of the address, at the health checks of the load balancer, and at the hops behind.',
				command: `curl -v --max-time 5 http://${place}/`,
			};
}

function toProbe(observation: Observation, host: string | undefined): Probe {
	const {subject, at, ms, type} = observation;
	const {result, proves, stop} = isAnswer(observation, host) ? judge(observation) : besides(observation);
	return {
		what: `${type} ${subject.address}:${subject.port}`,
		vantage: vantageText(observation.vantage),
		result,
		ms,
		at,
		address: subject.address,
		port: subject.port,
		proves: proves === 'unreachable' && !mayBlame(observation) ? 'nothing' : proves,
		stop,
	};
}

/** A handshake for another host that failed tells nothing of this one. */
function isAnswer(observation: Observation, host: string | undefined): boolean {
	return (
		observation.type !== 'tls' ||
		'names' in observation.result ||
		observation.subject.serverName.toLowerCase() === host?.toLowerCase()
	);
}

function besides(observation: Observation): Evaluated {
	return {result: judge(observation).result, proves: 'nothing'};
}

type Evaluated = Pick<Probe, 'result' | 'proves' | 'stop'>;

function judge({type, result}: Observation): Evaluated {
	if (isFailure(result)) {
		// The connection stood before the handshake began.
		return result.failed === 'timeout'
			? type === 'tls'
				? {result: 'the TLS handshake times out', proves: 'no-tls', stop: 'dropped'}
				: {result: 'timed out', proves: 'unreachable', stop: 'dropped'}
			: {result: result.message, proves: 'nothing'};
	}

	if (type === 'connect' && 'outcome' in result) {
		return connected(result);
	}

	if ('noHandshake' in result) {
		return {result: noHandshakeText(result), proves: 'no-tls', stop: 'tls-error'};
	}

	return 'status' in result
		? {result: `HTTP ${result.status}`, proves: 'reached'}
		: {result: 'error' in result && result.error ? result.error : 'TLS answered', proves: 'reached'};
}

function connected(result: Exclude<ConnectObservation['result'], {failed: string}>): Evaluated {
	switch (result.outcome) {
		case 'connected':
			return {result: 'connected', proves: 'reached'};
		case 'refused':
			return {result: 'connection refused', proves: 'unreachable', stop: 'refused'};
		case 'reset':
			return {result: 'connection reset', proves: 'unreachable', stop: 'refused'};
		case 'unreachable':
			return {result: result.message, proves: 'unreachable', stop: 'unreachable'};
	}
}

/** Only public addresses are routed to where knet runs: a failure elsewhere proves nothing. */
function mayBlame({vantage, subject}: Observation): boolean {
	const ip = parseIp(subject.address);
	return vantage.type !== 'machine' || !ip || isPublicAddress(ip);
}
