import type {Workload} from '../../model/workloads/workload.ts';
import {isBefore, versionOfImage} from '../version.ts';

type Component = 'controller' | 'speaker';

/** The image of a component of MetalLB in a workload. Undefined: the workload does not run it. */
export function metalLbImage(
	{containers}: Pick<Workload, 'containers'>,
	component: Component,
): string | undefined {
	return containers
		.map(({image}) => image)
		.find((image) => /(?:^|\/)metallb[\/\-](controller|speaker)(?:[:@]|$)/v.exec(image)?.[1] === component);
}

/** By the image of the component alone: other containers of its pods, such as kube-rbac-proxy, have versions of their own. */
export function isBefore014(workload: Pick<Workload, 'containers'>, component: Component): boolean {
	return isBefore(versionOfImage(metalLbImage(workload, component) ?? ''), [0, 14, 0]);
}
