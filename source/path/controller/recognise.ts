import type {Workload} from '../../model/workloads/workload.ts';
import type {ControllerRecord} from '../../rules/controllers/record/record.ts';
import {controllerRecords} from '../../rules/controllers/records.ts';
import {flagsOf} from './workload-flags.ts';

const cache = new WeakMap<Workload, ControllerRecord | false>();

/** Which controller a workload runs, by image, by flags only it has, or by its name label. */
export function recognise(workload: Workload): ControllerRecord | undefined {
	const known = cache.get(workload);
	if (known !== undefined) {
		return known || undefined;
	}

	const found =
		controllerRecords.find((controller) => hasImage(workload, controller.images)) ??
		controllerRecords.find((controller) => hasFlag(workload, controller.flags)) ??
		controllerRecords.find((controller) => hasName(workload, controller.names));
	cache.set(workload, found ?? false);
	return found;
}

/** Its record, and those of further rules for Ingresses that the same program may run. */
export function recordsOf(workload: Workload): readonly ControllerRecord[] {
	const record = recognise(workload);
	return record ? [record, ...(record.also ?? [])] : [];
}

function hasImage({containers}: Workload, images?: readonly string[]): boolean {
	return containers.some(({image}) => isImageOf(image, images));
}

/** Whether an image's repository ends in one of the names. */
export function isImageOf(image: string, names: readonly string[] = []): boolean {
	const repository = image.replace(/@.*$/u, '').replace(/:[^/:]*$/u, '');
	return names.some((name) => repository === name || repository.endsWith(`/${name}`));
}

function hasFlag(workload: Workload, prefixes: readonly string[] = []): boolean {
	return Object.keys(flagsOf(workload)).some((flag) =>
		prefixes.some((prefix) => flag === prefix || flag.startsWith(`${prefix}.`)),
	);
}

// Of the same chart, and no controllers.
const helpers = new Set(['default-backend', 'defaultbackend', 'admission-webhook', 'admission']);

/** Another workload of a controller: by its own name, or as a component of it (app.kubernetes.io/name: contour, component: envoy). */
export function isDataPlaneOf(workload: Workload, {names, dataPlane = []}: ControllerRecord): boolean {
	const {templateLabels} = workload;
	return (
		hasName(workload, dataPlane) ||
		(hasName(workload, names) && dataPlane.includes(templateLabels['app.kubernetes.io/component'] ?? ''))
	);
}

/** By the labels of the workload and its pods that name an application. */
export function hasName({labels, templateLabels}: Workload, names: readonly string[] = []): boolean {
	const component =
		templateLabels['app.kubernetes.io/component'] ?? labels['app.kubernetes.io/component'] ?? '';
	return (
		!helpers.has(component) &&
		[labels, templateLabels].some((each) =>
			['app.kubernetes.io/name', 'k8s-app', 'app', 'control-plane'].some((key) =>
				names.includes(each[key] ?? ''),
			),
		)
	);
}
