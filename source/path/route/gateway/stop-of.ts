import type {Candidate} from '../../../rules/gateway-api/candidate.ts';
import type {Outcome} from '../../../rules/gateway-api/outcome.ts';
import type {GatewayProfile} from '../../../rules/gateway-api/profile.ts';
import type {StopReason} from '../../../rules/stop.ts';
import type {Finding} from '../../finding.ts';
import type {backendProtocols} from './backends/backend-protocol.ts';

type OfBackends = {
	readonly health: readonly Finding[];
	readonly protocols: ReturnType<typeof backendProtocols>;
};

/** To what health checks or protocols keep from requests. */
export function stopOfBackends({health, protocols}: OfBackends): StopReason | undefined {
	return health.some(({severity}) => severity === 'error')
		? 'no-endpoints'
		: protocols.find((problem) => problem.finding.severity === 'error')?.stop;
}

/** What a client meets at a backend that cannot be resolved: 500 of HTTP, which Envoy says to gRPC as well; TLS or TCP are cut. */
export function stopOf(
	{route}: Candidate,
	outcome: Outcome,
	{profile, isEnvoy}: {readonly profile: GatewayProfile; readonly isEnvoy: boolean},
): StopReason {
	const weightless = outcome.type === 'backends' && outcome.backends.every(({share}) => share === 0);
	const noWeight = weightless && profile.noBackend === 503 ? 'no-endpoints' : undefined;
	switch (route.routeKind) {
		case 'HTTPRoute':
			return noWeight ?? 'invalid-backend';
		case 'GRPCRoute':
			return noWeight ?? (isEnvoy ? 'invalid-backend' : 'nobody');
		case 'TLSRoute':
			return 'tls-error';
		case 'TCPRoute':
		case 'UDPRoute':
			return 'nobody';
	}
}
