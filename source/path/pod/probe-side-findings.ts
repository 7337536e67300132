import {refOf} from '../../model/ref.ts';
import type {Container, Pod} from '../../model/workloads/pod.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {showPod} from '../planned.ts';
import {probePort, servingContainer} from './serving-container.ts';
import {podNames, type PodsView} from './pod-view.ts';
import type {Probed} from './refused-port.ts';
import {podFindings} from './catalogue.ts';

/** KNET705 and KNET706, once for each container name: what Ready says of the port that traffic uses. */
export function probeRemarks(view: PodsView, probed: readonly Probed[]): readonly Finding[] {
	const served = view.pods.flatMap((pod) => {
		const port = view.targetPort(pod);
		const container = port === undefined ? undefined : servingContainer(pod, port);
		return port !== undefined && container ? [{pod, port, container}] : [];
	});
	return [...Map.groupBy(served, ({container}) => container.name).values()].flatMap(
		(group) => noProbe(group) ?? otherPort(view, group, probed) ?? [],
	);
}

type Served = {readonly pod: Pod; readonly port: number; readonly container: Container};

function noProbe(group: readonly Served[]): Finding | undefined {
	const lacking = group.filter(({container}) => !container.readinessProbe);
	const [first] = lacking;
	return (
		first &&
		finding(podFindings.noReadinessProbe, {
			message: `${podNames(lacking.map(({pod}) => pod))}: container ${first.container.name} has no readiness probe, so Ready means only that it was started.`,
			evidence: [fieldOf(first, 'none')],
			remedy: `Add a readiness probe on port ${first.port}.`,
			command: showPod(first.pod),
		})
	);
}

/** A probe connects by TCP; CoreDNS has its own plugin and port for it (`ready`, 8181). */
function isDns({image}: Container): boolean {
	return /\bcoredns\b/u.test(image);
}

function otherPort(view: PodsView, group: readonly Served[], probed: readonly Probed[]): Finding | undefined {
	const differing = group.filter(({container, port}) => {
		const probed = probePort(container);
		return probed !== undefined && probed !== port && view.protocol === 'TCP' && !isDns(container);
	});
	const [first] = differing;
	return (
		first &&
		finding(podFindings.probePortDiffers, {
			message: `The readiness probe of container ${first.container.name} checks port ${probePort(first.container)}, traffic uses ${first.port} (${podNames(differing.map(({pod}) => pod))}).`,
			evidence: [fieldOf(first, String(first.container.readinessProbe?.port))],
			remedy: remedyOf(first, probed),
			command: showPod(first.pod),
		})
	);
}

/** Where nothing listens on the port of traffic, it is the target port that is wrong (KNET707). */
function remedyOf({pod, port, container}: Served, probed: readonly Probed[]): string {
	return probed.some((each) => each.pod === pod && each.evidence.verdict === 'refused')
		? `Let targetPort be ${probePort(container)}, if the application listens there.`
		: `Probe port ${port}, if the application allows it.`;
}

function fieldOf({pod, container}: Served, value: string) {
	return objectField(refOf('Pod', pod), `spec.containers[${container.name}].readinessProbe`, value);
}
