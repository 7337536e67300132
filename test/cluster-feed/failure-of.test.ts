import {expect, test} from 'vitest';
import {StreamError} from '../../source/cluster/codec/stream-error.ts';
import {failureOf} from '../../source/cluster/list-watch/failure-of.ts';
import {ApiError, AuthError, TransportError, type Phase} from '../../source/cluster/transport/errors.ts';

test.each([
	[410, 'Expired', 'expired'],
	[410, 'Gone', 'expired'],
	[429, 'TooManyRequests', 'throttled'],
	[403, 'Forbidden', 'forbidden'],
	[404, 'NotFound', 'absent'],
	[404, '', 'absent'],
	[406, 'NotAcceptable', 'not-acceptable'],
	[415, '', 'not-acceptable'],
	[400, 'BadRequest', 'rejected'],
	[422, 'Invalid', 'rejected'],
	[401, 'Unauthorized', 'unauthorized'],
	[500, 'InternalError', 'server'],
	[503, '', 'server'],
	[504, 'Timeout', 'server'],
] as const)('%i %s is %s', (status, reason, type) => {
	expect(failureOf(new ApiError({status, reason, message: 'no', retryAfter: 3}))).toMatchObject({
		type,
		retryAfter: 3,
	});
});

test('a 403 that is not the API server’s own says nothing about permissions', () => {
	expect(failureOf(new ApiError({status: 403, reason: '', message: 'Access denied by proxy'})).type).toBe(
		'server',
	);
});

test.each([['ResourceVersionTooLarge'], ['Too large resource version']])(
	'a version ahead of the server (%s) is told from other timeouts',
	(cause) => {
		const error = {status: 504, reason: 'Timeout', message: 'no'};
		expect(failureOf(new ApiError({...error, causes: [cause]})).type).toBe('too-large');
		expect(failureOf(new ApiError({...error, message: `${cause}: 9, current: 1`, causes: []})).type).toBe(
			cause === 'Too large resource version' ? 'too-large' : 'server',
		);
	},
);

test.each<[Phase, string]>([
	['connect', 'unreachable'],
	['proxy', 'unreachable'],
	['tls', 'unreachable'],
	['request', 'broken'],
	['response', 'broken'],
	['idle', 'silent'],
	['timeout', 'silent'],
])('a request that died at %s is %s', (phase, type) => {
	expect(failureOf(new TransportError('no', {code: 'ANY', phase})).type).toBe(type);
});

test('no credential is as no permission to ask, and garbage as a broken stream', () => {
	expect(failureOf(new AuthError('the plugin failed', 'log in')).type).toBe('unauthorized');
	expect(failureOf(new StreamError('The answer is not JSON.'))).toEqual({
		type: 'broken',
		message: 'The answer is not JSON.',
	});
});

test('what is said of a refused connection is a sentence, of a refusal by RBAC the server’s own', () => {
	const refused = new TransportError('connect ECONNREFUSED', {
		code: 'ECONNREFUSED',
		phase: 'connect',
		server: 'https://10.0.0.1:6443',
	});
	expect(failureOf(refused).message).toBe(
		'the API server at https://10.0.0.1:6443 refuses the connection: nothing listens there',
	);
	const forbidden = new ApiError({
		status: 403,
		reason: 'Forbidden',
		message: 'pods is forbidden: User "jo" …',
	});
	expect(failureOf(forbidden).message).toBe('pods is forbidden: User "jo" …');
});

test.each([
	['a list that was cut', new StreamError('The list ended early.'), 'The list ended early.'],
	['a fault of knet', new Error('x is undefined'), 'x is undefined'],
	['what is no error', 'no', 'no'],
])('%s is told in its own words', (_, thrown, message) => {
	expect(failureOf(thrown).message).toBe(message);
});
