import type {Pod} from '../../../model/workloads/pod.ts';
import type {ObjectRef} from '../../../model/ref.ts';
import type {Workload} from '../../../model/workloads/workload.ts';
import type {Service} from '../../../model/services/service.ts';
import type {Answers, EndpointChoice, Flags} from './facts.ts';
import type {Version} from '../../version.ts';
import type {ControllerRecord} from './record.ts';

/** What runs the rules of an IngressClass or GatewayClass, as far as objects show it. */
export type Controller = {
	/** For example `Traefik`; the controller value where knet does not know it. */
	readonly implementation: string;
	/** What is known of its kind. */
	readonly record: ControllerRecord;
	readonly controllerName: string;
	readonly className: string;
	readonly workload?: ObjectRef;
	readonly pods: readonly Pod[];
	/** The workload that gives the data plane of a Gateway its rules, where that is another one. */
	readonly controlPlane?: ControlPlane;
	/** Services that expose its pods; those with an external address first. */
	readonly services: readonly Service[];
	/** It sends to endpoints itself, past kube-proxy. Undefined: not known. */
	readonly bypassesProxy?: boolean;
	/** Where it chooses endpoints itself. Absent: not known, as kube-proxy does. */
	readonly chooses?: EndpointChoice;
	/** What the client gets when something behind it fails. Absent: not known for this controller. */
	readonly answers: Answers;
	/** Flags read from its workload, by name without dashes, lower case, and settings of its ConfigMap; '' for a bare flag. */
	readonly flags: Flags;
	/** Where further settings stand that cannot be read: `ConfigMap ingress-nginx/controller`. */
	readonly unreadSettings?: string;
	/** Of its image. */
	readonly version?: Version;
	/** Settings that could not be read and were assumed. */
	readonly assumed: readonly string[];
};

export type ControlPlane = {readonly ref: ObjectRef; readonly workload: Workload};
