import type {HopKind} from './hop.ts';
import type {StopReason, Symptom} from '../rules/stop.ts';
import type {Controller} from '../rules/controllers/controller.ts';

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

	if (!controller || !isBehind(kind)) {
		return direct[stop];
	}

	// An answer that is there and undefined: a proxy of bytes, which cuts the connection.
	const {answers} = controller;
	return Object.hasOwn(answers, stop) ? answers[stop] : behindController[stop];
}

/** From the rule on, a controller has the client's connection and answers in HTTP. */
function isBehind(kind: HopKind): boolean {
	return kind !== 'dns' && kind !== 'load-balancer' && kind !== 'controller';
}

/** Semantics §5: no endpoints are refused by kube-proxy, a Local policy without a local endpoint drops. */
const direct: Readonly<Record<StopReason, Symptom | undefined>> = {
	nxdomain: 'nxdomain',
	'no-address': 'no-address',
	'dns-failure': 'dns-failure',
	'no-rule': 'http-404',
	'no-backend': 'http-503',
	'invalid-backend': 'http-500',
	'no-endpoints': 'connection-refused',
	refused: 'connection-refused',
	dropped: 'timeout',
	unreachable: 'unreachable',
	reset: undefined,
	'tls-error': 'tls-error',
	nobody: undefined,
};

/** What proxies answer when nothing better is known of them. */
const behindController: Readonly<Record<StopReason, Symptom | undefined>> = {
	...direct,
	'no-endpoints': 'http-503',
	refused: 'http-502',
	dropped: 'http-504',
	reset: 'http-502',
	unreachable: 'http-502',
};
