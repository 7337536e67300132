import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {NothingSent} from './nothing-sent.ts';
import type {Flags} from './facts.ts';
import type {Version} from '../../version.ts';
import type {ListensOn} from './listens-on.ts';
import type {Workload} from '../../../model/workloads/workload.ts';
import type {Pod} from '../../../model/workloads/pod.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {GatewaySide} from './gateway-side.ts';
import type {IngressSide} from './ingress-side.ts';

/**
All that knet knows of one controller. What is not known is left out, or stands in `unknowns`: a decision that rests on it
is unknown.
*/
export type ControllerRecord = {
	readonly implementation: string;
	/** Files of its source, tests or documentation that the record rests on, with versions. */
	readonly sources: readonly string[];
	/** Ends of the image's repository, without registry and tag. */
	readonly images?: readonly string[];
	/** Values of the workload's or its pods' labels `app.kubernetes.io/name`, `k8s-app`, `app` and `control-plane`. */
	readonly names?: readonly string[];
	/** Beginnings of flags that only it has, lower case, without dashes. */
	readonly flags?: readonly string[];
	/** The workload that answers requests, where it is not the one that reads the objects; by its `names`. */
	readonly dataPlane?: readonly string[];
	/** Workloads beside it without which nothing is answered, where they are there; by its `names`. */
	readonly companions?: readonly string[];
	/** Its data plane is Envoy, which answers requests of gRPC by a grpc-status. */
	readonly isEnvoy?: true;
	/** Runs as a service of a cloud: its pods, if any, are on no path, and its address is that of the status. */
	readonly managed?: true;
	/** Whether its pods on the host network take requests there, on ports that they do not declare. Undefined: as they declare. */
	readonly listensOnHost?: (snapshot: Snapshot, asked: AskedOnHost) => boolean | undefined;
	/** The ports of TCP that its settings have the proxy listen on. */
	readonly listensOn?: ListensOn;
	/** It registers pods in target groups, by TargetGroupBindings: whose containers are ready, whatever their gates say. */
	readonly bindsTargetGroups?: boolean;
	/** Why a Service that resolves gets no requests from it. */
	readonly sendsNothing?: (asked: AskedOfBackend) => NothingSent | undefined;
	/** Whom network policies take for the sender, where it is none of its pods. */
	readonly sender?: Sender;
	/** It runs beside the control plane of a cloud, and this shows that it does. */
	readonly isPresent?: (snapshot: Snapshot) => boolean;
	/** Beginnings of its annotations. Under another controller they have no effect. */
	readonly annotations?: readonly string[];
	/** Where it has settings beside its flags. */
	readonly settings?: SettingsSource;
	/** Further sets of Ingress rules that the same program runs: a record each, and a workload of this one runs it where its flags say so. */
	readonly also?: readonly ControllerRecord[];
	/** Of the annotations that its prefixes name, those that it does not read. */
	readonly ignores?: (annotation: string, version: Version | undefined) => boolean;
	readonly ingress?: IngressSide;
	readonly gateway?: GatewaySide;
};

export type AskedOfBackend = {
	readonly snapshot: Snapshot;
	readonly service: Service;
	readonly port: ServicePort;
	/** By the Service's address or its node ports. */
	readonly throughProxy: boolean;
	readonly version?: Version;
	readonly flags: Flags;
	/** Of the controller: they send. */
	readonly pods: readonly Pod[];
};

export type AskedOnHost = {
	readonly request: HttpRequest;
	/** Those that may take the request. Absent: a Gateway does. */
	readonly ingresses?: readonly Ingress[];
};

/** The ConfigMap that holds settings of a controller: each key is one, or one key is a file of them. */
export type SettingsSource =
	/** Without a flag: the first of the usual names, beside it. */
	(
		| {readonly type: 'keys'; readonly flag?: string}
		| {
				readonly type: 'file';
				readonly flag: string;
				/** Where it looks without the flag. */
				readonly usual: readonly string[];
				/** Where there is a file, flags are not read. */
				readonly replacesFlags?: true;
		  }
		| {
				/** A document in a ConfigMap beside it, whatever its flags are. */
				readonly type: 'document';
				readonly key: string;
				readonly nameFor: (workload: Workload) => string;
		  }
	) & {
		/** Names of the ConfigMap in the project's own manifests and charts. */
		readonly usualNames: readonly string[];
		/** What else a setting may say that changes what is done with a request: asked where the ConfigMap cannot be read. */
		readonly mayBe: Readonly<Record<string, string | readonly string[]>>;
	};

/** An identity of Cilium, or a service of a cloud by the ends of its address range. */
export type Sender =
	| {readonly identity: 'cilium-ingress'}
	| {readonly identity: 'outside'; readonly addresses: readonly string[]};
