import type {ObjectRef} from '../../model/ref.ts';
import type {Workload} from '../../model/workload.ts';
import {knownByName, type KnownController} from '../../rules/controllers/known.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {isOn} from '../../rules/ingress/claims.ts';
import type {RequestedClass} from './requested-class.ts';
import {exposingServices, podsOf} from './exposure.ts';
import {flagsOf} from './workload-flags.ts';
import type {Controller} from '../../rules/controllers/controller.ts';

/** A workload and its kind. */
export type KindedWorkload = {
	readonly kind: 'Deployment' | 'DaemonSet' | 'StatefulSet';
	readonly workload: Workload;
};

export type ControllerParts = {
	readonly requested: RequestedClass;
	readonly known?: KnownController;
	/** What reads Ingresses. */
	readonly reader?: KindedWorkload;
	/** What answers requests, where it is another workload. */
	readonly frontend?: KindedWorkload;
};

/** A controller from what was found of it; without a workload only its table entry speaks, and the rest is assumed. */
export function makeController(
	hopContext: HopContext,
	{requested, known, reader, frontend = reader}: ControllerParts,
): Controller {
	const flags = reader ? flagsOf(reader.workload) : {};
	return {
		...identityOf(requested, known),
		workload: frontend && workloadRef(frontend),
		pods: frontend ? podsOf(hopContext, frontend.workload) : [],
		services:
			frontend && reader ? exposingServices(hopContext.snapshot, frontend.workload, reader.workload) : [],
		bypassesProxy: bypasses(known, flags),
		...choice(known, flags),
		answers: answersOf(known, flags, reader !== undefined),
		flags,
		assumed: assumptions(known, reader?.workload, flags),
	};
}

type Identity = Pick<Controller, 'implementation' | 'profile' | 'controllerName' | 'className' | 'managed'>;

function identityOf(requested: RequestedClass, known: KnownController | undefined): Identity {
	return {
		implementation: known?.implementation ?? controllerNameOf(requested) ?? 'unknown controller',
		profile: known?.profile ?? 'spec',
		controllerName: controllerNameOf(requested) ?? known?.controllerNames[0] ?? '',
		className: requested.type === 'none' ? '' : requested.className,
		managed: known?.managed ?? false,
	};
}

/** ingress-nginx goes by `ready` (endpointslices.go), Traefik's Ingress provider by `serving` (loadService). */
function choice(known: KnownController | undefined, flags: Controller['flags']): Pick<Controller, 'chooses'> {
	const chooses = {'ingress-nginx': 'ready', traefik: 'serving'} as const;
	const profile = known?.profile ?? 'spec';
	return bypasses(known, flags) && (profile === 'ingress-nginx' || profile === 'traefik')
		? {chooses: chooses[profile]}
		: {};
}

function bypasses(known: KnownController | undefined, flags: Controller['flags']): boolean | undefined {
	return known?.profile === 'traefik'
		? !isOn(flags['providers.kubernetesingress.nativelbbydefault'])
		: known?.bypassesProxy;
}

function controllerNameOf(requested: RequestedClass): string | undefined {
	return requested.type === 'class' ? requested.controllerName : undefined;
}

export function workloadRef({kind, workload}: KindedWorkload): ObjectRef {
	return {kind, namespace: workload.namespace, name: workload.name};
}

/** Traefik answers an empty Service by 503 with allowEmptyServices, else it makes no router: 404 (seen on 3.6.13). */
function answersOf(
	known: KnownController | undefined,
	flags: Controller['flags'],
	isFound: boolean,
): Controller['answers'] {
	if (known?.profile !== 'traefik') {
		return known?.answers ?? {};
	}

	const allowsEmpty = !isFound || isOn(flags['providers.kubernetesingress.allowemptyservices']);
	return {...known.answers, 'no-endpoints': allowsEmpty ? 'http-503' : 'http-404'};
}

function assumptions(
	known: KnownController | undefined,
	workload: Workload | undefined,
	flags: Controller['flags'],
): readonly string[] {
	if (!known) {
		return ["the API's plain rules: this controller is not known to knet"];
	}

	if (!workload && !known.managed) {
		return [...known.unknowns, 'its usual flags: its workload was not found or may not be read'];
	}

	if (known.profile === 'ingress-nginx' && flags['configmap']) {
		return [...known.unknowns, unreadSettings(flags['configmap'], workload)];
	}

	return 'configfile' in flags || (known.profile === 'traefik' && Object.keys(flags).length === 0)
		? [...known.unknowns, 'its usual settings: its configuration file or environment is not read']
		: known.unknowns;
}

/** Its keys are the defaults of the annotations (ingress-nginx, ConfigMap); knet lists no ConfigMaps but those of kube-system. */
function unreadSettings(configMap: string, workload: Workload | undefined): string {
	const name = configMap.replace('$(POD_NAMESPACE)', workload?.namespace ?? '$(POD_NAMESPACE)');
	return `the usual global settings, such as ssl-redirect: ConfigMap ${name} is not read`;
}

/** What stands for a controller that was not found, so that its rules can be followed all the same. */
export function presumed(hopContext: HopContext, requested: RequestedClass): Controller {
	const known = requested.type === 'class' ? knownByName(requested.controllerName) : undefined;
	return makeController(hopContext, {requested, known});
}
