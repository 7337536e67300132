import type {Workload} from '../../model/workload.ts';
import type {KnownController} from '../../rules/controllers/known.ts';
import {isOn} from '../../rules/ingress/claims.ts';
import type {RequestedClass} from './requested-class.ts';
import {flagsOf} from './workload-flags.ts';

/** Whether a workload that is recognised serves what is asked for, by its flags. */
export function serves(workload: Workload, known: KnownController, requested: RequestedClass): boolean {
	const flags = flagsOf(workload);
	if (!readsIngresses(known, flags)) {
		return false;
	}

	switch (requested.type) {
		case 'class':
			return servesClass(known, flags, requested);
		case 'missing':
			return known.takesClassByName && ownNames(known, flags).includes(requested.className);
		case 'annotation':
		case 'unknown':
			return ownNames(known, flags).includes(requested.className);
		case 'none':
			return servesClassless(known, flags);
	}
}

type Flags = Readonly<Record<string, string>>;

/** Traefik reads Ingresses only with its provider for them; a configuration file may turn it on too. */
function readsIngresses({profile}: KnownController, flags: Flags): boolean {
	const names = Object.keys(flags);
	const providers = names.filter((name) => name.startsWith('providers.'));
	return (
		profile !== 'traefik' ||
		providers.length === 0 ||
		'configfile' in flags ||
		providers.some(
			(name) => name === 'providers.kubernetesingress' || name.startsWith('providers.kubernetesingress.'),
		)
	);
}

function servesClass(
	known: KnownController,
	flags: Flags,
	{className, controllerName}: Extract<RequestedClass, {type: 'class'}>,
): boolean {
	const {controller, name} = known.classFlags;
	const ownController = controller && flags[controller];
	const ownName = name && flags[name];
	if (isOn(flags['ingress-class-by-name']) && ownNames(known, flags).includes(className)) {
		return true;
	}

	const fits = (ownController ? [ownController] : known.controllerNames).some((each) =>
		each.endsWith('/') ? controllerName.startsWith(each) : each === controllerName,
	);
	// Of several controllers with one controller value, the class name tells them apart (Traefik, HAProxy).
	return fits && (Boolean(controller) || !ownName || known.takesClassByName || ownName === className);
}

function ownNames({classFlags, annotationClasses}: KnownController, flags: Flags): readonly string[] {
	const own = classFlags.name && flags[classFlags.name];
	return own ? [own] : annotationClasses;
}

function servesClassless({profile, classFlags}: KnownController, flags: Flags): boolean {
	switch (profile) {
		case 'traefik':
			return !flags[classFlags.name ?? ''];
		case 'ingress-nginx':
			return isOn(flags['watch-ingress-without-class']);
		case 'spec':
		case 'conformance':
			return isOn(flags['process-classless-ingress-v1']);
	}
}

/** Whether a workload that knet does not recognise says the controller's value, or the class, in its flags. */
export function mentions(workload: Workload, requested: RequestedClass): boolean {
	if (requested.type === 'none') {
		return false;
	}

	const {className} = requested;
	const byClass = Object.entries(flagsOf(workload)).some(
		([name, value]) => name.includes('class') && value === className,
	);
	const controllerName = requested.type === 'class' ? requested.controllerName : '';
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
