import type {Workload} from '../../model/workload.ts';
import {knownControllers, type KnownController} from '../../rules/controllers/known.ts';
import {flagsOf} from './workload-flags.ts';

const cache = new WeakMap<Workload, KnownController | false>();

/** Which Ingress controller a workload runs, by image, by flags only it has, or by its name label. */
export function recognise(workload: Workload): KnownController | undefined {
	const known = cache.get(workload);
	if (known !== undefined) {
		return known || undefined;
	}

	const found =
		knownControllers.find((controller) => hasImage(workload, controller.images)) ??
		knownControllers.find((controller) => hasFlag(workload, controller.flags)) ??
		knownControllers.find((controller) => hasName(workload, controller.names));
	cache.set(workload, found ?? false);
	return found;
}

function hasImage({containers}: Workload, images: readonly string[]): boolean {
	return containers.some(({image}) => {
		const repository = image.replace(/@.*$/u, '').replace(/:[^/:]*$/u, '');
		return images.some((wanted) => repository === wanted || repository.endsWith(`/${wanted}`));
	});
}

function hasFlag(workload: Workload, prefixes: readonly string[]): boolean {
	return Object.keys(flagsOf(workload)).some((flag) =>
		prefixes.some((prefix) => flag === prefix || flag.startsWith(`${prefix}.`)),
	);
}

// Of the same chart, and no controllers.
const helpers = new Set(['default-backend', 'defaultbackend', 'admission-webhook', 'admission']);

/** By the labels of the workload and its pods that name an application. */
export function hasName({labels, templateLabels}: Workload, names: readonly string[]): boolean {
	const component =
		templateLabels['app.kubernetes.io/component'] ?? labels['app.kubernetes.io/component'] ?? '';
	return (
		!helpers.has(component) &&
		[labels, templateLabels].some((each) =>
			['app.kubernetes.io/name', 'k8s-app', 'app'].some((key) => names.includes(each[key] ?? '')),
		)
	);
}
