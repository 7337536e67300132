import type {Gateway, Route} from '../../../model/routes/gateway.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {HopEvaluation, HopContext} from '../../hop-evaluator.ts';
import type {RoutedBackend} from '../../../rules/backend.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Attachment} from '../../../rules/gateway-api/listeners/attachment.ts';
import type {Finding} from '../../finding.ts';
import type {RouteDetails} from '../../details.ts';
import type {Candidate} from '../../../rules/gateway-api/candidate.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {statusOf} from '../../hop-status.ts';
import {refOf, type ObjectRef} from '../../../model/ref.ts';

export type GatewayRouteInput = {
	readonly gateway: Gateway;
	readonly controller?: Controller;
	/** The listener's port that the client's port leads to (`listenerPorts` of the controller hop). */
	readonly listenerPort: number;
	/** A route that names the host: another one that takes its requests is told. */
	readonly focus?: {
		readonly kind: string;
		readonly namespace: string;
		readonly name: string;
		/** The question is about this route, not about the URL. */
		readonly isAsked?: boolean;
	};
};

export type GatewayRouteEvaluation = HopEvaluation<'route'> & {
	readonly backends: readonly RoutedBackend[];
	/** The rule answers by itself: with what, in words. */
	readonly answeredBy?: string;
	/** It passes the connection on, and has no answer of HTTP: TLS that it does not end, or bytes. */
	readonly passes?: 'tls' | 'bytes';
};

export type Routing = {
	readonly hopContext: HopContext;
	readonly requested: GatewayRouteInput;
	readonly request: HttpRequest;
	readonly attachments: readonly Attachment[];
};

export function isSame(route: Route, {kind, namespace, name}: Required<GatewayRouteInput>['focus']): boolean {
	return route.routeKind === kind && route.namespace === namespace && route.name === name;
}

type HopParts = {
	readonly summary: string;
	readonly findings: readonly Finding[];
	readonly details: RouteDetails;
	readonly subject?: Candidate;
	readonly notChecked?: readonly string[];
	/** Absent: the request goes another way. */
	readonly stop?: StopReason;
};

export function hopOf({requested}: Routing, {subject, stop, ...parts}: HopParts): HopEvaluation<'route'> {
	const status = statusOf(parts.findings);
	const ref = subject
		? refOf(subject.route.routeKind, subject.route)
		: (requested.focus ?? refOf('Gateway', requested.gateway));
	return {
		hop: {kind: 'route', status, basis: 'objects', subject: ref, ...parts},
		stop: status === 'broken' ? stop : undefined,
	};
}

export function gatewayRef({requested: {gateway}}: Routing): ObjectRef {
	return refOf('Gateway', gateway);
}
