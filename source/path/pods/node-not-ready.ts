import {findCondition} from '../../model/meta.ts';
import {finding} from '../catalogue.ts';
import type {Finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {obstacleOf} from './obstacle.ts';
import type {PodsView} from './view.ts';

/** KNET709. An error when pods on the node are not Ready for no fault of their own, and no other serves. */
export function nodeNotReady(view: PodsView): readonly Finding[] {
	const byNode = Map.groupBy(placesOf(view), ({node}) => node);
	return joined(
		[...byNode].flatMap(([name, places]) => {
			const node = view.snapshot.get('Node', '', name);
			if (!node || node.ready) {
				return [];
			}

			const ready = findCondition(node.conditions, 'Ready');
			const why = ready?.message || ready?.reason || 'no Ready condition';
			const isCause =
				view.isNoneServing &&
				(view.unread ||
					view.pods.some((pod) => pod.nodeName === name && obstacleOf(pod)?.type === 'unexplained'));
			const names = [...new Set(places.map((place) => place.name))];
			return [
				finding('KNET709', {
					...(isCause ? {severity: 'error' as const} : {}),
					message:
						`Node ${name} is not Ready and holds ${count(names.length, 'endpoint')} (${namesOf(names)}): ${why}`.replace(
							/\.*$/,
							'.',
						),
					evidence: [
						{
							object: `Node/${name}`,
							path: 'status.conditions[Ready].status',
							value: ready?.status ?? 'absent',
						},
					],
					remedy: 'Bring the node back, or drain it so that its pods are made anew elsewhere.',
					command: `kubectl describe node ${name}`,
				}),
			];
		}),
	);
}

/** More nodes than these are told in one finding: a lost zone is one event. */
const toldOneByOne = 3;

function joined(findings: readonly Finding[]): readonly Finding[] {
	if (findings.length <= toldOneByOne) {
		return findings;
	}

	const evidence = findings.flatMap((each) => each.evidence);
	const names = evidence.map(({object}) => object.replace('Node/', ''));
	return [
		finding('KNET709', {
			...(findings.some(({severity}) => severity === 'error') ? {severity: 'error' as const} : {}),
			message: `${count(names.length, 'node')} with endpoints are not Ready: ${namesOf(names)}.`,
			evidence: evidence.slice(0, 5),
			remedy: 'Bring the nodes back, or drain them so that their pods are made anew elsewhere.',
			command: 'kubectl get nodes',
		}),
	];
}

type Place = {readonly node: string; readonly name: string};

function placesOf({endpoints, pods}: PodsView): readonly Place[] {
	return [
		...endpoints
			.filter(({terminating}) => !terminating)
			.flatMap(({node, pod, address}) => (node ? [{node, name: pod ?? address}] : [])),
		...pods.flatMap(({nodeName, name, deletedAt}) =>
			nodeName && deletedAt === undefined ? [{node: nodeName, name}] : [],
		),
	];
}
