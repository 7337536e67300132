import type {Ingress} from '../../../model/routes/ingress.ts';
import type {Service} from '../../../model/services/service.ts';
import type {EvidenceField} from '../../finding.ts';
import type {HopEvaluation, HopContext} from '../../hop-evaluator.ts';
import type {HostFit} from '../../../rules/host-match.ts';
import type {Rank} from '../../../rules/rank.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {RoutedBackend} from '../../../rules/backend.ts';
import type {TlsBefore, TlsEnd} from '../../../rules/load-balancers/tls-before.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';

/** What stands before the Services of a URL: who serves it, by which rule, under which addresses. */
export type Frontend = {
	/** `Ingress class nginx`, `Gateway shop/gw`. */
	readonly name: string;
	readonly hopContext: HopContext;
	readonly request: HttpRequest;
	readonly controllerHop: HopEvaluation<'controller'>;
	readonly controller?: Controller;
	/** Those that name the host. Absent: it is of another kind. */
	readonly ingresses?: readonly Ingress[];
	readonly routeHop: HopEvaluation<'route'>;
	readonly backends: readonly RoutedBackend[];
	/** The rule answers by itself: with what, in words. */
	readonly answeredBy?: string;
	/** The Service that clients reach the controller by. */
	readonly service?: Service;
	/** From the status of the Ingress or Gateway: used where no Service is known. */
	readonly addresses: readonly {readonly ip?: string; readonly hostname?: string}[];
	/** Where they stand. */
	readonly stated: readonly EvidenceField[];
	/** TLS ends before the controller, and its rule redirects what comes as http. */
	readonly redirectLoop?: TlsBefore;
	/** TLS of the client ended at the load balancer, and the rules were asked for plain HTTP. */
	readonly tlsEnds?: TlsEnd;
	readonly rank?: Rank;
	/** How well its rules name the host. */
	readonly fit: HostFit;
};

/** Whether a rule took the request. */
export function isMatched({routeHop}: Frontend): boolean {
	return routeHop.hop.details?.matched !== undefined;
}
