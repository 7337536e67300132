import type {Scenario} from './scenario.ts';
import {controllerDown} from './scenarios/controller-down.ts';
import {crashLoop} from './scenarios/crash-loop.ts';
import {dnsDown} from './scenarios/dns-down.ts';
import {inertIngress} from './scenarios/inert-ingress.ts';
import {loadBalancerPending} from './scenarios/load-balancer-pending.ts';
import {missingPort} from './scenarios/missing-port.ts';
import {missingService} from './scenarios/missing-service.ts';
import {notReady} from './scenarios/not-ready.ts';
import {rollout} from './scenarios/rollout.ts';
import {scaledToZero} from './scenarios/scaled-to-zero.ts';
import {selectorMismatch} from './scenarios/selector-mismatch.ts';
import {wrongTargetPort} from './scenarios/wrong-target-port.ts';

/** In the order in which the director shows them. */
export const scenarios: readonly Scenario[] = [
	selectorMismatch,
	notReady,
	wrongTargetPort,
	inertIngress,
	dnsDown,
	loadBalancerPending,
	rollout,
	crashLoop,
	scaledToZero,
	controllerDown,
	missingService,
	missingPort,
];
