import type {HopKind} from './hop-kind.ts';
import type {StopReason, Symptom} from '../rules/stop.ts';
import type {Controller} from '../rules/controllers/record/controller.ts';

/** What the client sees when a request stops, which depends on who answers it. */
export function symptomOf(
	stop: StopReason,
	kind: HopKind,
	controller: Controller | undefined,
): Symptom | undefined {
	// An address that no pod has: the network says after seconds that there is no such host, or nothing at all.
	if (kind === 'endpoints' && stop === 'unreachable') {
		return undefined;
	}

	const answered = answerOf(stop);
	if (answered || !controller || !isBehind(kind)) {
		return answered ?? direct[stop];
	}

	// An answer that is there and undefined: a proxy of bytes, which cuts the connection.
	const {answers} = controller;
	return Object.hasOwn(answers, stop) ? answers[stop] : behind[stop];
}

/** What is no status of HTTP (RFC 9110, 15) is taken by no client. */
function answerOf(stop: StopReason): Symptom | undefined {
	const status = Number(/^answered-(?<status>\d+)$/u.exec(stop)?.groups?.['status']);
	return status >= 100 && status <= 599 ? `http-${status}` : undefined;
}

/** From the rule on, a controller has the client's connection and answers in HTTP. */
function isBehind(kind: HopKind): boolean {
	return kind !== 'dns' && kind !== 'load-balancer' && kind !== 'controller';
}

/** Semantics §5: no endpoints are refused by kube-proxy, a Local policy without a local endpoint drops. */
const direct: Partial<Record<StopReason, Symptom>> = {
	nxdomain: 'nxdomain',
	'no-address': 'no-address',
	'dns-failure': 'dns-failure',
	// Said without a controller only where all that run here answer so.
	'no-rule': 'http-404',
	// Controllers answer these, each in its own way.
	'no-backend': undefined,
	'invalid-backend': undefined,
	unresolved: undefined,
	'no-endpoints': 'connection-refused',
	refused: 'connection-refused',
	dropped: 'timeout',
	unreachable: 'unreachable',
	reset: 'connection-reset',
	'tls-error': 'tls-error',
	'backend-tls': undefined,
	'not-listening': 'connection-refused',
	nobody: undefined,
};

/** Whoever has the connection, or nobody: what a controller answers in HTTP stands in its record, and is not known where it does not. */
const behind: Partial<Record<StopReason, Symptom>> = {
	'tls-error': 'tls-error',
	'not-listening': 'connection-refused',
};
