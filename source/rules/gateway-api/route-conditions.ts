import type {Route} from '../../model/routes/gateway.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {backendsOf, type BackendState} from './backends.ts';
import type {GatewayProfile} from './profile.ts';

/** A condition as a controller that follows the specification would write it. */
export type Predicted = {
	readonly type: string;
	readonly status: 'True' | 'False' | 'Unknown';
	readonly reason: string;
};

/** Over all rules: the first reference that cannot be followed gives the reason. */
export function resolvedRefsOf(snapshot: Snapshot, route: Route, profile: GatewayProfile): Predicted {
	const states = route.rules
		.flatMap(({backendRefs}) => backendsOf(snapshot, {route, refs: backendRefs, profile}))
		.map(({result}) => result.state);
	const reason = states.map((state) => reasonOf(state)).find((item) => item !== undefined);
	if (reason) {
		return {type: 'ResolvedRefs', status: 'False', reason};
	}

	return states.includes('unknown')
		? {type: 'ResolvedRefs', status: 'Unknown', reason: 'Pending'}
		: {type: 'ResolvedRefs', status: 'True', reason: 'ResolvedRefs'};
}

/** Reason of ResolvedRefs=False for a backend (apis/v1 RouteConditionReason); undefined where it resolves. */
function reasonOf(state: BackendState['state']): string | undefined {
	switch (state) {
		case 'unknown-kind':
			return 'InvalidKind';
		case 'not-granted':
			return 'RefNotPermitted';
		case 'missing-service':
		case 'missing-port':
		case 'external-name':
		case 'no-slices':
			return 'BackendNotFound';
		case 'filter-refused':
			return 'UnsupportedValue';
		case 'other-protocol':
			return 'UnsupportedProtocol';
		case 'resolved':
		case 'extension':
		case 'filter-unknown':
		case 'redirects':
		case 'rejected':
		case 'unknown':
			return undefined;
	}
}
