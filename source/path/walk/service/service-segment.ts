import type {HttpRequest} from '../../../model/request.ts';
import type {ExposureType} from '../../../rules/kube-proxy/exposure-type.ts';
import type {IpFamily, Service, ServicePort} from '../../../model/services/service.ts';
import type {NodeAddress} from '../../kube-proxy/context.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {Subset} from '../../../rules/backend.ts';

/** A Service port that a path goes to, and how it gets there. */
export type ServiceSegment = {
	readonly namespace: string;
	readonly name: string;
	readonly servicePort?: {readonly name?: string; readonly number?: number};
	readonly via: 'route' | 'target';
	readonly clientPort?: number;
	/** Of a URL that the client sends by itself. */
	readonly scheme?: HttpRequest['scheme'];
	readonly exposureType: ExposureType;
	readonly family?: IpFamily;
	readonly nodeAddress?: NodeAddress;
	readonly controller?: Controller;
	/** The rule tells the controller to use the Service's own address (nginx service-upstream, Traefik nativelb). */
	readonly throughProxy?: boolean;
	/** Those of its pods alone. */
	readonly subset?: Subset;
};

export type Served = {readonly service: Service; readonly port: ServicePort};
