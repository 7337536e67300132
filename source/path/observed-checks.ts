import {
	isFailure,
	type ConnectObservation,
	type HttpObservation,
	type NoHandshake,
	type TlsObservation,
} from '../model/evidence.ts';
import {joinHostPort} from '../model/matching/ip.ts';
import {currentEvidence} from '../model/current-evidence.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {ObservedCheck} from './details.ts';
import {vantageText} from './vantage-text.ts';

type Observation = ConnectObservation | TlsObservation | HttpObservation;

/** Connections, handshakes and requests that fit and still hold, newest first. */
export function observationsThat<T extends Observation>(
	snapshot: Snapshot,
	type: T['type'],
	fits: (observation: T) => boolean,
): readonly T[] {
	return (currentEvidence(snapshot, type) as readonly Observation[] as readonly T[]).filter(fits);
}

/** What a probe saw, as a row beside the prediction. */
export function observedCheck(observation: Observation, name?: string): ObservedCheck {
	const {type, subject, vantage, at, ms} = observation;
	const place = name === undefined ? joinHostPort(subject.address, subject.port) : `${name}:${subject.port}`;
	return {
		what: `${type} ${place}`,
		vantage: vantageText(vantage),
		result: resultText(observation),
		ms,
		at,
	};
}

function resultText({result}: Observation): string {
	if (isFailure(result)) {
		return result.failed === 'timeout' ? 'timed out' : result.message;
	}

	if ('outcome' in result) {
		return result.outcome;
	}

	if ('noHandshake' in result) {
		return noHandshakeText(result);
	}

	return 'status' in result
		? [`HTTP ${result.status}`, result.location && `to ${result.location}`, result.message]
				.filter(Boolean)
				.join(' ')
		: `${result.protocol} ${result.subject}${result.trusted ? '' : ', not trusted here'}`;
}

/** A handshake that failed, in words. */
export function noHandshakeText({noHandshake}: NoHandshake): string {
	return `the TLS handshake fails: ${noHandshake}`;
}
