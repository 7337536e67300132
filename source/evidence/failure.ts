import {PortForwardError} from '../cluster/port-forward.ts';
import {describeFailure} from '../cluster/transport/describe.ts';
import {ApiError, isClusterError, TransportError} from '../cluster/transport/errors.ts';
import type {Failure} from '../model/evidence.ts';
import {safe} from '../model/safe-text/safe.ts';

/** Why a probe came to nothing. `permission`: what it would have needed, for a refusal by RBAC. */
export function failureOf(error: unknown, signal: AbortSignal, permission = ''): Failure {
	if (isForbidden(error)) {
		return {failed: 'forbidden', permission, message: `you may not ${permission}`};
	}

	return isTimeout(error, signal)
		? {failed: 'timeout', message: 'no answer in time'}
		: {failed: 'unavailable', message: safe(messageOf(error))};
}

function isForbidden(error: unknown): boolean {
	return error instanceof ApiError && (error.status === 403 || error.status === 401);
}

function isTimeout(error: unknown, signal: AbortSignal): boolean {
	if (signal.aborted) {
		return true;
	}

	return error instanceof TransportError
		? error.phase === 'timeout' || error.phase === 'idle'
		: error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT';
}

function messageOf(error: unknown): string {
	if (isClusterError(error)) {
		return describeFailure(error);
	}

	return error instanceof PortForwardError
		? `the kubelet says: ${error.message}`
		: error instanceof Error
			? error.message
			: String(error);
}
