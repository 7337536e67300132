import type {Closed} from '../../../rules/controllers/record/ingress-side.ts';
import {kubectl} from '../../../model/safe-text/command.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import {limitingFlag} from '../../../rules/controllers/ingresses-of.ts';
import {recordByIngressClass} from '../../../rules/controllers/records.ts';
import {refOf, refText} from '../../../model/ref.ts';
import type {Workload} from '../../../model/workloads/workload.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../finding.ts';
import {workloadRef} from '../make.ts';
import {recognise} from '../recognise.ts';
import {flagsOf} from '../workload-flags.ts';
import {runByNone} from '../workloads.ts';
import type {ClassRequest} from '../class-request.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {controllerFindings} from '../catalogue.ts';
import type {KindedWorkload} from '../../../rules/all-workloads.ts';

type InertInput = {
	readonly requested: Extract<ClassRequest, {type: 'class' | 'annotation'}>;
	readonly ingresses: readonly Ingress[];
	/** Workloads whose name looks like the controller's. */
	readonly alike: readonly Workload[];
	/** Controllers that run and do not take the class. */
	readonly others: readonly KindedWorkload[];
};

/** KNET304: no workload runs the class. Not certain where an address, or a likeness, speaks against it. */
export function nobodyRuns(input: InertInput): Finding {
	const {requested, ingresses, others} = input;
	const withAddress = ingresses.find(({addresses}) => addresses.length > 0);
	return finding(controllerFindings.ingressInert, {
		...textOf(input, withAddress),
		evidence: [
			classField(requested, ingresses),
			...(others.length > 0 ? others.flatMap(flagField) : runByNone),
			...addressEvidence(withAddress),
		],
		command: 'kubectl get ingressclass; kubectl get deployments,daemonsets -A -o wide',
	});
}

function textOf(
	{requested, ingresses, alike: [alike], others}: InertInput,
	withAddress: Ingress | undefined,
): {readonly message: string; readonly remedy: string; readonly undecided?: true} {
	const what =
		requested.type === 'class'
			? `the controller ${requested.controllerName} of class ${requested.className}`
			: `an Ingress controller for class ${requested.className}`;
	if (withAddress || alike) {
		const doubt = withAddress
			? 'but the Ingress has an address, so something may serve it or has served it'
			: `but ${alike?.namespace}/${alike?.name} looks as if it might`;
		return {
			message: `No workload here is known to run ${what}, ${doubt}.`,
			remedy: 'Send the request; install that controller only if nobody answers.',
			undecided: true,
		};
	}

	const beside = runsBeside(requested, others);
	return beside
		? {
				message: `${beside} runs here and does not take Ingress ${ingresses[0]?.name ?? ''}: it is inert.${otherClasses(others)}`,
				remedy: `Name a class that ${beside} takes: its flags say which, or its own annotation on the Ingress.`,
			}
		: {
				message: `Nothing in this cluster runs ${what}: the Ingress is inert.${otherClasses(others)}`,
				remedy: 'Name a class whose controller runs, or install that controller.',
			};
}

function classField(requested: InertInput['requested'], [ingress]: readonly Ingress[]): EvidenceField {
	return requested.type === 'class'
		? {
				object: `IngressClass/${requested.className}`,
				path: 'spec.controller',
				value: requested.controllerName,
			}
		: {
				object: ingressText(ingress),
				path: 'metadata.annotations[kubernetes.io/ingress.class]',
				value: requested.className,
			};
}

/** The controller of the class runs and compares classes by name (Contour), or with a flag. */
function runsBeside(
	requested: InertInput['requested'],
	others: readonly KindedWorkload[],
): string | undefined {
	const known = requested.type === 'class' ? recordByIngressClass(requested.controllerName) : undefined;
	return others.some(({workload}) => recognise(workload) === known) ? known?.implementation : undefined;
}

/** An annotation is compared with a flag, so the flag is the reason. */
function otherClasses(others: readonly KindedWorkload[]): string {
	const texts = others.flatMap((each) => {
		const implementation = recognise(each.workload)?.implementation;
		const [field] = flagField(each);
		return implementation && field ? [`${implementation} runs with ${field.value}`] : [];
	});
	return texts.length > 0 ? ` ${texts.join(', ')}.` : '';
}

function flagField(each: KindedWorkload): readonly EvidenceField[] {
	const flag = recognise(each.workload)?.ingress?.classFlag ?? '';
	const value = flagsOf(each.workload)[flag];
	return value === undefined
		? []
		: [objectField(workloadRef(each), 'spec.template.spec.containers[].args', `--${flag}=${value}`)];
}

/** KNET304 for a cloud's controller that has not given the Ingress an address: nothing here can decide it. */
export function managedWithoutAddress(
	controller: Controller,
	ingresses: readonly Ingress[],
): readonly Finding[] {
	if (ingresses.some(({addresses}) => addresses.length > 0)) {
		return [];
	}

	const [first] = ingresses;
	const closed = first && controller.record.ingress?.whyClosed?.(first);
	return [
		closed && first
			? closedInert(controller, first, closed)
			: finding(controllerFindings.ingressInert, {
					message: `${controller.implementation} has given the Ingress no address: whether it serves it cannot be seen from the objects.`,
					evidence: [{object: ingressText(first), path: 'status.loadBalancer.ingress', value: 'empty'}],
					remedy: 'Look at the events of the Ingress and at the load balancer of the cloud.',
					command: first ? kubectl(first, 'describe', 'ingress', first.name) : undefined,
					undecided: true,
				}),
	];
}

function closedInert(
	{implementation}: Controller,
	ingress: Ingress,
	{annotation, why, isCertain}: Closed,
): Finding {
	return finding(controllerFindings.ingressInert, {
		message: `${implementation} makes no frontend for Ingress ${ingress.name}: ${why}.`,
		evidence: [
			{
				object: ingressText(ingress),
				path: `metadata.annotations[${annotation}]`,
				value: ingress.annotations[annotation] ?? '',
			},
			{object: ingressText(ingress), path: 'status.loadBalancer.ingress', value: 'empty'},
		],
		remedy: `Name a certificate that is there, or remove annotation ${annotation}.`,
		command: kubectl(ingress, 'describe', 'ingress', ingress.name),
		undecided: isCertain ? undefined : true,
	});
}

/** KNET304: the controller runs, and its flags keep it from this Ingress. */
export function notWatched(controller: Controller, ingress: Ingress, flag: string): Finding {
	const workload = controller.workload ? refText(controller.workload) : controller.implementation;
	return finding(controllerFindings.ingressInert, {
		message: `${controller.implementation} runs, but ${flag} keeps it from namespace ${ingress.namespace}.`,
		evidence: [{object: workload, path: 'spec.template.spec.containers[].args', value: flag}],
		remedy:
			// Then it is a selector of labels that leaves the namespace out.
			limitingFlag(controller) === undefined
				? `Label namespace ${ingress.namespace} as that flag says, or move the Ingress.`
				: `Add ${ingress.namespace} to that flag, or move the Ingress.`,
		command: controller.workload
			? kubectl(
					controller.workload,
					'get',
					controller.workload.kind.toLowerCase(),
					controller.workload.name,
					'-o',
					'yaml',
				)
			: undefined,
	});
}

function addressEvidence(ingress: Ingress | undefined): Finding['evidence'] {
	const address = ingress?.addresses[0];
	return ingress && address
		? [
				{
					object: ingressText(ingress),
					path: `status.loadBalancer.ingress[0].${address.ip ? 'ip' : 'hostname'}`,
					value: address.ip || (address.hostname ?? ''),
				},
			]
		: [];
}

function ingressText(ingress: Ingress | undefined): string {
	return ingress ? refText(refOf('Ingress', ingress)) : 'Ingress';
}
