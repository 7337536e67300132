import type {Controller} from '../../rules/controllers/record/controller.ts';
import type {ControllerDetails} from '../details.ts';

/** The pods that answer for a controller, as its hop shows them; undefined where none is known. */
export function podDetails({pods}: Controller): ControllerDetails['pods'] {
	return pods.length === 0
		? undefined
		: pods.map(({name, namespace, nodeName, ready, restarts}) => ({
				name,
				namespace,
				node: nodeName,
				ready,
				restarts,
			}));
}
