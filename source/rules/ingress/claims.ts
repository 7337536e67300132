import type {Ingress, IngressClass} from '../../model/ingress.ts';
import {knownByName} from '../controllers/known.ts';
import type {Controller} from '../controllers/controller.ts';

/** Annotation that named the class before IngressClass did. */
export const legacyClass = 'kubernetes.io/ingress.class';

/** The part of a controller that decides which Ingresses it serves. */
export type Claimant = Pick<Controller, 'profile' | 'controllerName' | 'className' | 'flags'>;

/** Whether a controller serves an Ingress: by its class, and by the namespaces and labels it was told to watch. */
export function claims(controller: Claimant, ingress: Ingress, classes: readonly IngressClass[]): boolean {
	return claimsClass(controller, ingress, classes) && !whyNotWatched(controller, ingress);
}

function claimsClass(controller: Claimant, ingress: Ingress, classes: readonly IngressClass[]): boolean {
	switch (controller.profile) {
		case 'ingress-nginx':
			return claimsByNginx(controller, ingress, classes);
		case 'traefik':
			return claimsByTraefik(controller, ingress, classes);
		case 'spec':
		case 'conformance':
			return claimsBySpec(controller, ingress, classes);
	}
}

/** Store.GetIngressClass: the class by its controller value (or by name), else the annotation, else none if it may. */
function claimsByNginx(
	{controllerName, flags}: Claimant,
	ingress: Ingress,
	classes: readonly IngressClass[],
): boolean {
	const ownClass = flags['ingress-class'] || 'nginx';
	if (ingress.className !== undefined) {
		const found = classes.find(({name}) => name === ingress.className);
		return (
			found?.controller === (flags['controller-class'] || controllerName) ||
			(found?.name === ownClass && isOn(flags['ingress-class-by-name']))
		);
	}

	const annotation = ingress.annotations[legacyClass];
	return annotation === undefined ? isOn(flags['watch-ingress-without-class']) : annotation === ownClass;
}

/** Provider.shouldProcessIngress of Traefik 3.6: without a flag it also takes Ingresses that have no class at all. */
function claimsByTraefik(
	{controllerName, flags}: Claimant,
	ingress: Ingress,
	classes: readonly IngressClass[],
): boolean {
	const own = flags['providers.kubernetesingress.ingressclass'] ?? '';
	if (ingress.className !== undefined) {
		return (
			!isOn(flags['providers.kubernetesingress.disableingressclasslookup']) &&
			!isOn(flags['providers.kubernetesingress.disableclusterscoperesources']) &&
			classes.some(
				({name, controller}) =>
					name === ingress.className && controller === controllerName && (own === '' || own === name),
			)
		);
	}

	const annotation = ingress.annotations[legacyClass] ?? '';
	return annotation === own || (own === '' && annotation === 'traefik');
}

function claimsBySpec(
	{controllerName, className}: Claimant,
	ingress: Ingress,
	classes: readonly IngressClass[],
): boolean {
	if (ingress.className !== undefined) {
		const found = classes.find(({name}) => name === ingress.className);
		return found ? found.controller === controllerName : ingress.className === className;
	}

	const annotation = ingress.annotations[legacyClass];
	return annotation === undefined
		? className === ''
		: annotation === className ||
				(knownByName(controllerName)?.annotationClasses.includes(annotation) ?? false);
}

/** Go's flag package: a bare flag is true. */
export function isOn(value: string | undefined): boolean {
	return value === '' || ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value ?? 'false');
}

/** A flag that keeps the controller from this Ingress, as `--flag=value`. */
export function whyNotWatched({profile, flags}: Claimant, ingress: Ingress): string | undefined {
	const name =
		profile === 'traefik'
			? 'providers.kubernetesingress.namespaces'
			: profile === 'ingress-nginx'
				? 'watch-namespace'
				: '';
	const value = flags[name];
	return value && !value.split(',').some((namespace) => namespace.trim() === ingress.namespace)
		? `--${name}=${value}`
		: undefined;
}
