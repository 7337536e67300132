import {expect, test} from 'vitest';
import {grpcStatus, isGrpc} from '../../source/rules/grpc-status.ts';

test.each([
	['application/grpc', true],
	['application/grpc+proto', true],
	['application/grpc; charset=utf-8', true],
	['application/grpc-web', false],
	['application/json', false],
])('content-type %s is of gRPC: %s', (value, expected) => {
	expect(isGrpc({headers: [{name: 'Content-Type', value}]})).toBe(expected);
});

test.each([
	[404, 12],
	[403, 7],
	[503, 14],
	[500, 2],
])('Envoy answers %i as grpc-status %i', (status, expected) => {
	expect(grpcStatus(status)).toBe(expected);
});
