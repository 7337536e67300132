import type {Service} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {LosingRule, MatchedRule, RouteDetails} from '../../details.ts';
import {isInvalid, type Backend} from '../../../rules/gateway-api/backends.ts';
import {tlsPoliciesOf} from '../../../rules/gateway-api/policies.ts';
import {pathOf, type Candidate} from '../../../rules/gateway-api/candidate.ts';
import {changesOf, type Outcome} from '../../../rules/gateway-api/outcome.ts';
import type {Selection} from '../../../rules/gateway-api/select.ts';
import type {RoutedBackend, RouteBackendDetails} from '../../../rules/backend.ts';

/** As many as help; a route may have hundreds of rules. */
const mostLosers = 20;

/** The report's details of a route hop. */
export function routeDetails(
	snapshot: Snapshot,
	{selection, outcome}: {readonly selection: Selection; readonly outcome?: Outcome},
): RouteDetails {
	const {winner} = selection;
	const backends = outcome?.type === 'backends' ? outcome.backends : [];
	const changes = winner && outcome ? [...changesOf(outcome, winner), ...tlsOf(snapshot, backends)] : [];
	return {
		matched: winner && matchedRule(winner),
		changes: changes.length > 0 ? changes : undefined,
		backends: backends.map(backendDetails),
		losers: selection.losers
			.slice(0, mostLosers)
			.map(({candidate, why}): LosingRule => ({...matchedRule(candidate), why})),
	};
}

function matchedRule(candidate: Candidate): MatchedRule {
	const {route, ruleIndex, matchIndex, hostname, listener, match} = candidate;
	const {type, value} = pathOf(match);
	const hasPath = route.routeKind === 'HTTPRoute' || route.routeKind === 'GRPCRoute';
	return {
		kind: route.routeKind,
		namespace: route.namespace,
		name: route.name,
		rule: ruleIndex,
		path: matchIndex,
		host: hostname,
		pathType: hasPath ? type : undefined,
		value: hasPath ? value : undefined,
		listener: listener.name,
	};
}

function backendDetails({ref, namespace, share}: Backend): RouteBackendDetails {
	return {
		kind: ref.kind,
		namespace,
		name: ref.name,
		port: ref.port,
		weight: ref.weight,
		share,
	};
}

/**
Backends that a request can go on to. Those that fail at the gateway are findings, not paths; but what is wrong with a Service without
EndpointSlices is seen behind it.
*/
export function routedBackends(
	backends: readonly Backend[],
	sendsToService: (service: Service) => boolean,
): readonly RoutedBackend[] {
	return backends
		.filter(({result}) => result.state !== 'redirects')
		.filter((backend) => !isInvalid(backend) || backend.result.state === 'no-slices')
		.map((backend) => ({
			...backendDetails(backend),
			servicePort: backend.ref.port === undefined ? undefined : {number: backend.ref.port},
			throughProxy:
				(backend.result.state === 'resolved' && sendsToService(backend.result.service)) || undefined,
		}));
}

/** apis/v1 BackendTLSPolicy: the gateway speaks TLS to the Services it names. */
function tlsOf(snapshot: Snapshot, backends: readonly Backend[]): readonly string[] {
	return backends.flatMap((backend) =>
		tlsPoliciesOf(snapshot, backend).map(
			({name, hostname}) =>
				`speaks TLS to ${backend.ref.name}${hostname ? ` as ${hostname}` : ''} (BackendTLSPolicy ${name})`,
		),
	);
}
