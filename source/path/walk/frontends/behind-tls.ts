import type {HttpRequest} from '../../../model/request.ts';
import type {Service} from '../../../model/services/service.ts';
import {tlsEndOf, type TlsEnd} from '../../../rules/load-balancers/tls-before.ts';
import type {HopEvaluation, HopContext} from '../../hop-evaluator.ts';

export type Seen = {
	/** As the controller gets it. */
	readonly request: HttpRequest;
	/** Where its TLS ended before. */
	readonly tlsEnds?: TlsEnd;
};

/**
Behind a load balancer that ends TLS, listeners and rules get plain HTTP on the port that the client asked. `samePort`: only
where the Service sends it to the port that takes plain http, because the controller has one port for each scheme.
*/
export function seenBehind(
	{client}: HopContext,
	service: Service | undefined,
	request: HttpRequest,
	samePort = false,
): Seen {
	const isOutside = client.kind === 'external' && request.scheme === 'https';
	const tlsEnds = service && isOutside ? tlsEndOf(service, request.port) : undefined;
	return tlsEnds && service && (!samePort || isPlainPort(service, request.port))
		? {request: {...request, scheme: 'http', clientScheme: 'https'}, tlsEnds}
		: {request};
}

function isPlainPort({ports}: Service, clientPort: number): boolean {
	const targetOf = (number: number) => ports.find(({port}) => port === number)?.targetPort;
	const target = targetOf(clientPort);
	return target === 'http' || target === 'web' || (target !== undefined && target === targetOf(80));
}

/** A listener that waits for a handshake gives no answer to plain text: the client does not get the 404 of `no-rule`. */
export function asUnanswered<T extends HopEvaluation<'route'>>(
	evaluation: T,
	tlsEnds: TlsEnd | undefined,
): T {
	return tlsEnds && evaluation.stop === 'no-rule' ? {...evaluation, stop: 'nobody'} : evaluation;
}
