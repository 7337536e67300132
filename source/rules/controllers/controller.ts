import type {Pod} from '../../model/pod.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Service} from '../../model/service.ts';
import type {StopReason, Symptom} from '../stop.ts';

/** What runs the rules of an IngressClass or GatewayClass, as far as objects show it. */
export type Controller = {
	/** For example `Traefik`; the controller value where knet does not know it. */
	readonly implementation: string;
	/** Which matching rules it follows. */
	readonly profile: IngressProfile;
	readonly controllerName: string;
	readonly className: string;
	/** Runs outside the cluster, by a cloud (GKE, ALB, AGIC): nothing to see inside. */
	readonly managed: boolean;
	readonly workload?: ObjectRef;
	readonly pods: readonly Pod[];
	/** Services that expose its pods; those with an external address first. */
	readonly services: readonly Service[];
	/** It sends to endpoints itself, past kube-proxy. Undefined: not known. */
	readonly bypassesProxy?: boolean;
	/**
	By which condition of an endpoint it chooses, where it does so itself: `serving` and not terminating, `ready` without a
	fallback, or `ready` only where the condition is there. Absent: not known, as kube-proxy does.
	*/
	readonly chooses?: 'ready' | 'serving' | 'ready-said';
	/** What the client gets when something behind it fails. Absent: not known for this controller. */
	readonly answers: Partial<Record<StopReason, Symptom>>;
	/** Flags read from its workload, by name without dashes, lower case; the value is '' for a bare flag. */
	readonly flags: Readonly<Record<string, string>>;
	/** Settings that could not be read and were assumed. */
	readonly assumed: readonly string[];
};

/** `spec`: the API's plain rules, for controllers whose own are not known. */
export type IngressProfile = 'spec' | 'conformance' | 'ingress-nginx' | 'traefik';
