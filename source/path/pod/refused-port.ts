import {kubectl} from '../../model/safe-text/command.ts';
import {isFailure} from '../../model/evidence.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {type EvidenceField, type Finding, finding} from '../finding.ts';
import {vantageText} from '../vantage-text.ts';
import {portEvidence, type PortEvidence, type PortObservation} from './port-evidence.ts';
import {podNames, type PodsView} from './pod-view.ts';
import {podFindings} from './catalogue.ts';

/** What probes say of the target ports. */
export type Probed = {readonly pod: Pod; readonly port: number; readonly evidence: PortEvidence};

/** Every pod of the path whose target port was probed with a result that still holds. */
export function probedPorts(view: PodsView): readonly Probed[] {
	return view.pods.flatMap((pod) => {
		const port = view.targetPort(pod);
		const evidence =
			port === undefined ? undefined : portEvidence(view.snapshot, pod, {port, protocol: view.protocol});
		return port === undefined || !evidence || evidence.verdict === 'none' ? [] : [{pod, port, evidence}];
	});
}

/** Every pod that was probed refuses. */
export function isRefused(probed: readonly Probed[]): boolean {
	return probed.length > 0 && probed.every(({evidence}) => evidence.verdict !== 'open');
}

/** KNET707 and KNET708. A warning while another pod that was probed accepts. */
export function refusedPorts(probed: readonly Probed[]): readonly Finding[] {
	const severity = isRefused(probed) ? 'error' : 'warning';
	const refused = probed.filter(({evidence}) => evidence.verdict === 'refused');
	const local = probed.filter(({evidence}) => evidence.verdict === 'localhost-only');
	const [firstRefused] = refused;
	const [firstLocal] = local;
	return [
		firstRefused &&
			finding(podFindings.targetPortRefused, {
				severity,
				message: `${podNames(refused.map(({pod}) => pod))}: nothing listens on target port ${firstRefused.port}, the connection was refused.`,
				evidence: refused.slice(0, 5).flatMap(fieldsOf),
				remedy: 'Let targetPort be the port on which the application listens.',
				command: kubectl(firstRefused.pod, 'logs', firstRefused.pod.name),
			}),
		firstLocal &&
			finding(podFindings.listensOnLocalhost, {
				severity,
				message: `${podNames(local.map(({pod}) => pod))}: port ${firstLocal.port} is open on localhost only: a port-forward succeeds, the pod network is refused.`,
				evidence: local.slice(0, 5).flatMap(fieldsOf),
				remedy: 'Let the application listen on 0.0.0.0 (or ::).',
				command: kubectl(firstLocal.pod, 'exec', firstLocal.pod.name, '--', 'cat', '/proc/net/tcp'),
			}),
	].filter((item) => item !== undefined);
}

function fieldsOf({pod, port, evidence}: Probed): readonly EvidenceField[] {
	return evidence.observations.map((item) => ({
		object: vantageText(item.vantage),
		path: `${item.type} ${pod.name}:${port}`,
		value: resultText(item),
	}));
}

/** What a probe saw, in words. */
export function resultText({result}: PortObservation): string {
	if (isFailure(result)) {
		return result.failed === 'timeout' ? 'timed out' : result.message;
	}

	return 'outcome' in result
		? result.outcome
		: `HTTP ${result.status}${result.message ? `: ${result.message}` : ''}`;
}
