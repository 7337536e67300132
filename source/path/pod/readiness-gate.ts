import {refOf} from '../../model/ref.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {showPod} from '../planned.ts';
import {podProblemOf} from './problem.ts';
import {podNames, readinessSeverity, worstSeverity, type PodsView} from './pod-view.ts';
import {podFindings} from './catalogue.ts';
import {quoted} from '../words.ts';

/** KNET703: a condition that `spec.readinessGates` names is not True, an absent one included (KEP-580). */
export function readinessGate(view: PodsView): readonly Finding[] {
	const held = view.pods.flatMap((pod) => {
		const podProblem = podProblemOf(pod);
		return podProblem?.type === 'gate' ? [{pod, ...podProblem}] : [];
	});
	return [...Map.groupBy(held, ({gate}) => gate).values()].map((group) => {
		const pods = group.map(({pod}) => pod);
		const [{pod, gate, status, message}] = group as [(typeof held)[number]];
		return finding(podFindings.readinessGateUnmet, {
			severity: worstSeverity(pods.map((item) => readinessSeverity(view, item))),
			message: `${podNames(pods)}: the containers are ready, and readiness gate ${gate} is ${status}${message ? `: ${quoted(message)}` : ''}.`,
			evidence: group
				.slice(0, 5)
				.map((item) => objectField(refOf('Pod', item.pod), `status.conditions[${gate}].status`, item.status)),
			remedy: 'Look at the controller that sets this condition.',
			command: showPod(pod),
		});
	});
}
