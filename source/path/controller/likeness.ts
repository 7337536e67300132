import type {Workload} from '../../model/workloads/workload.ts';
import type {ClassRequest} from './class-request.ts';
import {flagsOf} from './workload-flags.ts';

/** Whether a workload that knet does not recognise says the controller's value, or the class, in its flags. */
export function mentions(workload: Workload, request: ClassRequest): boolean {
	if (request.type === 'none') {
		return false;
	}

	const {className} = request;
	const byClass = Object.entries(flagsOf(workload)).some(
		([name, value]) => name.includes('class') && value === className,
	);
	const controllerName = request.type === 'class' ? request.controllerName : '';
	return (
		byClass ||
		(controllerName !== '' &&
			workload.containers.some(({command, args}) =>
				[...command, ...args].some((word) => word.includes(controllerName)),
			))
	);
}

// Parts of a controller's value that say nothing of who runs it.
const common = new Set([
	'example',
	'github',
	'ingress',
	'controller',
	'ingress-controller',
	'kubernetes',
	'operator',
]);

/** Whether the name of a workload looks like the controller's value: then nobody can say that it is not served. */
export function resembles(workload: Workload, controllerName: string): boolean {
	const words = controllerName
		.toLowerCase()
		.split(/[./]/u)
		.filter((word) => word.length > 3 && !common.has(word));
	const images = workload.containers.map(({image}) => image.split('/').slice(1).join('/') || image);
	const text = [workload.namespace, workload.name, ...images].join(' ').toLowerCase();
	return words.some((word) => text.includes(word));
}
