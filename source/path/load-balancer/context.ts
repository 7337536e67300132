import type {Service, ServicePort} from '../../model/services/service.ts';
import type {EvidenceField} from '../finding.ts';
import type {ClosedTarget} from '../../rules/controllers/record/closed-target.ts';
import type {Door} from './doors.ts';
import type {ExposureType} from '../../rules/kube-proxy/exposure-type.ts';
import type {PodTargets} from '../../rules/load-balancers/pod-targets.ts';
import type {TlsBefore, TlsEnd} from '../../rules/load-balancers/tls-before.ts';
import type {LoadBalancerNodes} from '../../rules/kube-proxy/load-balancer-nodes.ts';
import type {ProxyEndpoint} from '../../rules/kube-proxy/endpoints.ts';
import type {HopContext} from '../hop-evaluator.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';

export type LoadBalancerInput = {
	/** What exposes the entry: type LoadBalancer or NodePort, or with external IPs. */
	readonly service?: Service;
	readonly port?: ServicePort;
	/** Of that port. Absent where they are not known. */
	readonly endpoints?: readonly ResolvedEndpoint[];
	/** What the status of the Ingress or Gateway says, where no Service is known. */
	readonly addresses?: readonly {readonly ip?: string; readonly hostname?: string}[];
	/** Where that stands. */
	readonly stated?: readonly EvidenceField[];
	/** The port that the client connects to. */
	readonly clientPort: number;
	/** The kube-proxy hop of the path is about this Service too, and says what its nodes drop. */
	readonly proxyFollows?: boolean;
	/** By which side of the Service the client comes. Absent: by the first that it offers. */
	readonly exposureType?: ExposureType;
	/** The target port of the Service, where the proxy behind it does not listen there. */
	readonly closedTarget?: ClosedTarget;
	/** Past the Service to the pods of the controller. */
	readonly door?: Door;
	/**
	What a client gets that asks the controller behind the Service for a host without a rule; undefined where one takes any host. Few ask:
	it reads workloads and all Ingresses.
	*/
	readonly unknownHost?: () => string | undefined;
	/** TLS ends before the controller, and the rule of the request redirects what comes as http. */
	readonly redirectLoop?: TlsBefore;
	/** TLS ends at the load balancer, and the rules were asked for plain HTTP. */
	readonly tlsEnds?: TlsEnd;
	/** The node of a client inside that uses the address of the load balancer. */
	readonly clientNode?: string;
	/** kube-proxy in ipvs mode without strictARP: every node answers ARP for the address. */
	readonly allAnswerArp?: boolean;
	/** Nodes look at source ranges before anything else (nftables mode, chain firewall-check). */
	readonly rangesFirst?: boolean;
};

/** The Service in front, with what its load balancer makes of it. */
export type Exposed = {
	readonly hopContext: HopContext;
	readonly service: Service;
	readonly port?: ServicePort;
	readonly clientPort: number;
	/** Absent where they are not known. */
	readonly endpoints?: readonly ProxyEndpoint[];
	/** Only under externalTrafficPolicy Local, and with known endpoints. */
	readonly nodes?: LoadBalancerNodes;
	/** It sends to pods, past the nodes. */
	readonly podTargets?: PodTargets;
} & Pick<
	LoadBalancerInput,
	| 'proxyFollows'
	| 'exposureType'
	| 'door'
	| 'closedTarget'
	| 'clientNode'
	| 'rangesFirst'
	| 'allAnswerArp'
	| 'unknownHost'
	| 'redirectLoop'
	| 'tlsEnds'
>;
