import {kubectl} from '../../../model/safe-text/command.ts';
import type {Ingress, IngressClass} from '../../../model/routes/ingress.ts';
import {refOf} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../finding.ts';
import {nearest} from '../../nearest.ts';
import {namesOf} from '../../words.ts';
import {workloadRef} from '../make.ts';
import {recognise} from '../recognise.ts';
import {legacyClass} from '../../../rules/ingress/requested-class.ts';
import {controllerFindings} from '../catalogue.ts';
import type {KindedWorkload} from '../../../rules/all-workloads.ts';

/** KNET301: `className` names no IngressClass. */
export function classMissing(snapshot: Snapshot, className: string, ingresses: readonly Ingress[]): Finding {
	const names = snapshot.list('IngressClass').map(({name}) => name);
	const [like] = nearest(className, names);
	const others = names.length > 0 ? `There is ${names.join(', ')}.` : 'There is none at all.';
	return finding(controllerFindings.ingressClassMissing, {
		message: `No IngressClass is called ${className}, so no controller takes ${ingressesText(ingresses)}. ${like ? `Did you mean ${like}?` : others}`,
		evidence: ingresses.map((ingress) => field(ingress, 'spec.ingressClassName', className)),
		remedy: like
			? `Set spec.ingressClassName to ${like}.`
			: 'Set spec.ingressClassName to a class that exists, or create the class.',
		command: like ? classPatch(ingresses[0], like) : 'kubectl get ingressclass',
	});
}

/** KNET302: no class at all, and no controller that takes such Ingresses. */
export function noClass(
	snapshot: Snapshot,
	ingresses: readonly Ingress[],
	others: readonly KindedWorkload[],
): Finding {
	const classes = snapshot.list('IngressClass');
	const preset = classes.find(({isDefault}) => isDefault) ?? classes[0];
	const hasAddress = ingresses.some(({addresses}) => addresses.length > 0);
	const why = preset?.isDefault
		? ` The default ${preset.name} is filled in only when an Ingress is created.`
		: '';
	const doubt = hasAddress ? ' It has an address, so something may serve it.' : '';
	const names = others.map((each) => nameOf(each)).join(', ');
	const subject = `${ingressesText(ingresses)} ${ingresses.length > 1 ? 'have' : 'has'}`;
	return finding(controllerFindings.noIngressClass, {
		message: names
			? `${subject} no class, and ${names} takes none without one.${why}${doubt}`
			: `${subject} no class, and no controller found here takes Ingresses without one.${why}${doubt}`,
		evidence: ingresses.map((ingress) => field(ingress, 'spec.ingressClassName', 'absent')),
		remedy: preset ? `Set spec.ingressClassName to ${preset.name}.` : 'Set spec.ingressClassName.',
		command: preset ? classPatch(ingresses[0], preset.name) : 'kubectl get ingressclass',
		undecided: hasAddress ? true : undefined,
	});
}

/** KNET309: a controller runs, and its rule for this class is not known. */
export function classRuleUnknown(
	ingresses: readonly Ingress[],
	controllers: readonly KindedWorkload[],
): Finding {
	const names = controllers.map((each) => nameOf(each)).join(', ');
	return finding(controllerFindings.classRuleUnknown, {
		message: `Whether ${names} takes ${ingressesText(ingresses)} is not known to knet.`,
		evidence: [
			...ingresses.map((ingress) => field(ingress, 'spec.ingressClassName', ingress.className ?? 'absent')),
			...controllers.map((each) =>
				objectField(
					workloadRef(each),
					'spec.template.spec.containers[].image',
					each.workload.containers.map(({image}) => image).join(', '),
				),
			),
		],
		remedy: 'Send the request, and set spec.ingressClassName only if nobody answers.',
		command: 'kubectl get ingressclass; kubectl get ingress -A',
	});
}

function ingressesText(ingresses: readonly Ingress[]): string {
	return `Ingress${ingresses.length > 1 ? 'es' : ''} ${namesOf(ingresses.map(({name}) => name))}`;
}

function nameOf({workload}: KindedWorkload): string {
	return `${recognise(workload)?.implementation ?? 'the controller'} (${workload.namespace}/${workload.name})`;
}

/** KNET303, where the class may have been chosen by admission: none is set, or one of the defaults. */
export function severalDefaults(
	snapshot: Snapshot,
	className: string | undefined,
	isServed: boolean,
): readonly Finding[] {
	const defaults = snapshot.list('IngressClass').filter(({isDefault}) => isDefault);
	if (defaults.length < 2 || (className !== undefined && !defaults.some(({name}) => name === className))) {
		return [];
	}

	return [
		finding(controllerFindings.severalDefaultClasses, {
			message: `${defaults.length} IngressClasses are the default (${defaults.map(({name}) => name).join(', ')}): a new Ingress without a class gets the newest.`,
			evidence: defaults.map(defaultField),
			remedy: 'Leave ingressclass.kubernetes.io/is-default-class on one of them.',
			command: kubectl(
				{},
				'annotate',
				'ingressclass',
				defaults[0]?.name,
				'ingressclass.kubernetes.io/is-default-class-',
			),
			severity: isServed ? 'info' : 'warning',
		}),
	];
}

function defaultField({name}: IngressClass): EvidenceField {
	return objectField(
		{kind: 'IngressClass', name},
		'metadata.annotations[ingressclass.kubernetes.io/is-default-class]',
		'true',
	);
}

/** KNET308. */
export function legacyAnnotation(ingresses: readonly Ingress[]): readonly Finding[] {
	const [first, ...rest] = ingresses.filter(({annotations}) => annotations[legacyClass] !== undefined);
	const value = first?.annotations[legacyClass] ?? '';
	return first
		? [
				finding(controllerFindings.legacyClassAnnotation, {
					message: `The class ${value} is set by the annotation ${legacyClass}, deprecated since Kubernetes 1.18.`,
					evidence: [first, ...rest].map((ingress) =>
						field(ingress, `metadata.annotations[${legacyClass}]`, value),
					),
					remedy: `Set spec.ingressClassName to ${value} and remove the annotation.`,
					command: classPatch(first, value),
				}),
			]
		: [];
}

function field(ingress: Ingress, path: string, value: string): EvidenceField {
	return objectField(refOf('Ingress', ingress), path, value);
}

function classPatch(ingress: Ingress | undefined, className: string): string {
	return ingress
		? kubectl(
				ingress,
				'patch',
				'ingress',
				ingress.name,
				'--type',
				'merge',
				'-p',
				JSON.stringify({spec: {ingressClassName: className}}),
			)
		: 'kubectl get ingress -A';
}
