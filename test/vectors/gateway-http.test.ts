import {expect, test} from 'vitest';
import cases from './cases/gateway-http.json' with {type: 'json'};
import {runGatewayHttpCase, type GatewayVector} from './gateway-http.ts';

test.each(cases as unknown as readonly GatewayVector[])('$id', (vector) => {
	const result = runGatewayHttpCase(vector);
	expect(result).toMatchObject({pass: true});
});
