import {kubectl} from '../../model/safe-text/command.ts';
import {findCondition} from '../../model/meta.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {selectedPods} from '../../rules/endpoint-slices/selected-pods.ts';
import {negGate, negHealthOf} from '../../rules/load-balancers/neg-gate.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {namesOf} from '../words.ts';
import {routeFindings} from './catalogue.ts';

/** KNET415 by the readiness gates that GKE sets: pods that never became healthy in a network endpoint group. */
export function negHealth(
	snapshot: Snapshot,
	service: Service,
	{implementation, checkedBy}: {readonly implementation: string; readonly checkedBy: string},
): readonly Finding[] {
	const gated = (selectedPods(snapshot, service) ?? []).filter((pod) => negHealthOf(pod) !== undefined);
	const bad = gated.filter((pod) => negHealthOf(pod) === 'timed-out');
	const [first] = bad;
	if (!first) {
		return [];
	}

	const probed = probePathOf(first);
	return [
		finding(routeFindings.backendUnhealthy, {
			severity: bad.length === gated.length ? 'error' : 'warning',
			message: `${implementation} waited in vain for ${namesOf(bad.map(({name}) => name))} of Service ${service.name} to become healthy in its network endpoint group.`,
			evidence: bad
				.slice(0, 3)
				.map((pod) =>
					objectField(
						refOf('Pod', pod),
						`status.conditions[${negGate}].reason`,
						findCondition(pod.conditions, negGate)?.reason ?? '',
					),
				),
			remedy: `Let ${checkedBy} for Service ${service.name} ask ${probed ? `${probed}, as the readiness probe does` : 'a path that answers 200'}: without one the check asks GET / and wants 200.`,
			command: kubectl(service, 'get', 'pods', '-o', 'wide'),
		}),
	];
}

function probePathOf({containers}: Pod): string | undefined {
	return containers.find(({readinessProbe}) => readinessProbe?.type === 'httpGet')?.readinessProbe?.path;
}
