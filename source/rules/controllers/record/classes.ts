import type {RequestedClass} from '../../ingress/requested-class.ts';
import type {Claimant} from './ingress-side.ts';

/** Go's flag package: a bare flag is true. */
export function isOn(value: string | undefined): boolean {
	return value === '' || ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value ?? 'false');
}

/** Whether a value of IngressClass `spec.controller` is one of the names; a name that ends in `/` stands for all that start with it. */
export function isNamed(controller: string, names: readonly string[]): boolean {
	return names.some((name) => (name.endsWith('/') ? controller.startsWith(name) : controller === name));
}

/**
Whether `ingressClassName` names an IngressClass with one of the controller values. Where IngressClasses cannot be read: true for
the class names that the controller usually has, else undefined.
*/
export function byClassObject(
	{className}: RequestedClass,
	{classes}: Claimant,
	own: {readonly controllers: readonly string[]; readonly usualNames: readonly string[]},
): boolean | undefined {
	if (!classes) {
		return own.usualNames.includes(className ?? '') ? true : undefined;
	}

	const found = classes.find(({name}) => name === className);
	return found !== undefined && isNamed(found.controller, own.controllers);
}

/** Whether the default IngressClass is the controller's own. Undefined: they cannot be read. */
export function hasDefaultClass({classes}: Claimant, controllers: readonly string[]): boolean | undefined {
	return classes?.some(({isDefault, controller}) => isDefault && isNamed(controller, controllers));
}
