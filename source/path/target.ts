import type {HttpRequest, WorkloadKind} from '../model/request.ts';
import type {FollowedRouter} from '../model/routes/router-kinds.ts';

/** What the user asks to reach, parsed. `text` is what was typed. */
export type Target =
	| UrlTarget
	| {
			readonly kind: 'service';
			readonly text: string;
			readonly namespace?: string;
			readonly name: string;
			/** Service port, by number or name, or as `53/UDP`. Absent: every port. */
			readonly port?: number | string;
	  }
	| NamedTarget<'ingress'>
	| NamedTarget<'httproute'>
	| NamedTarget<'grpcroute'>
	| NamedTarget<'tlsroute'>
	| NamedTarget<'tcproute'>
	| NamedTarget<'udproute'>
	| NamedTarget<'gateway'>
	| NamedTarget<'listenerset'>
	| NamedTarget<'xlistenerset'>
	| RouterTarget
	| (NamedTarget<'pod'> & WithContainerPort)
	| (NamedTarget<'workload'> & WithContainerPort & {readonly workload: WorkloadKind})
	| {
			readonly kind: 'address';
			readonly text: string;
			/** '' where a node was named instead: its InternalIP. */
			readonly ip: string;
			readonly port: number;
			readonly node?: string;
	  };

type WithContainerPort = {readonly port?: number | string};

type NamedTarget<K extends string> = {
	readonly kind: K;
	readonly text: string;
	readonly namespace?: string;
	readonly name: string;
};

/** An object of a router of its own. */
export type RouterTarget = NamedTarget<'router'> & {readonly router: FollowedRouter};

export type UrlTarget = {
	readonly kind: 'url';
	readonly text: string;
	/** False: only a host was typed, and http is assumed unless TLS is configured for it. */
	readonly schemeGiven: boolean;
	readonly request: HttpRequest;
};
