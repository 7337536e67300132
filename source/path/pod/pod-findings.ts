import type {Finding} from '../finding.ts';
import type {Severity} from '../catalogue-entry.ts';
import {boundToLoopback} from './bound-to-loopback.ts';
import {containerWaiting} from './container-waiting.ts';
import {creationRefused} from './creation-refused.ts';
import {heldByLostNode} from './held-by-lost-node.ts';
import {markedNotReady} from './marked-not-ready.ts';
import {nodeNotReady} from './node-not-ready.ts';
import {podPending} from './pod-pending.ts';
import {probeRemarks} from './probe-side-findings.ts';
import {readinessFailing, readinessUnexplained} from './readiness-failing.ts';
import {readinessGate} from './readiness-gate.ts';
import {refusedPorts, type Probed} from './refused-port.ts';
import {meshSidecar, podEnded, podTerminating, podWithoutIp} from './side-findings.ts';
import {restartsGrowing} from './restarts-growing.ts';
import type {PodsView} from './pod-view.ts';

type Given = {readonly probed: readonly Probed[]; readonly isFull: boolean};

/** All that is to be said at the pod hop, worst first; remarks only where the path is being looked at. */
export function podFindings(view: PodsView, {probed, isFull}: Given): readonly Finding[] {
	const findings = [
		...podEnded(view),
		...containerWaiting(view),
		...podPending(view),
		...(isFull || view.isNoneServing ? creationRefused(view) : []),
		...readinessFailing(view),
		...readinessGate(view),
		...readinessUnexplained(view),
		...podWithoutIp(view),
		...nodeNotReady(view),
		...markedNotReady(view),
		...heldByLostNode(view),
		...refusedPorts(probed),
		...boundToLoopback(view, probed),
		...restartsGrowing(view),
		...(isFull
			? [
					...podTerminating(view),
					...probeRemarks(view, probed),
					...(probed.length > 0 ? meshSidecar(view) : []),
				]
			: []),
	];
	return findings.toSorted((a, b) => rank(a.severity) - rank(b.severity));
}

function rank(severity: Severity): number {
	return ['error', 'warning', 'info'].indexOf(severity);
}
