import type {HttpRequest} from '../model/request.ts';

/** `content-type: application/grpc`, `application/grpc+proto` (Envoy, source/common/grpc/common.cc, hasGrpcContentType). */
export function isGrpc({headers}: Pick<HttpRequest, 'headers'>): boolean {
	return headers.some(
		({name, value}) => name.toLowerCase() === 'content-type' && /^application\/grpc(?:$|[+;])/u.test(value),
	);
}

/** What Envoy answers to a request of gRPC instead of a status of its own: HTTP 200 with this (source/common/grpc/status.cc, httpToGrpcStatus). */
export function grpcStatus(httpStatus: number): number {
	return byHttpStatus[httpStatus] ?? unknown;
}

const unknown = 2;

const byHttpStatus: Readonly<Record<number, number>> = {
	// Internal, Unauthenticated, PermissionDenied, Unimplemented.
	400: 13,
	401: 16,
	403: 7,
	404: 12,
	// Unavailable.
	429: 14,
	502: 14,
	503: 14,
	504: 14,
};
