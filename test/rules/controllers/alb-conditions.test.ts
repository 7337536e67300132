import {expect, test} from 'vitest';
import type {HttpRequest} from '../../../source/model/request.ts';
import {httpRequest} from '../../helpers/http-request.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {ingress} from '../../path/route/route-situation.ts';
import {isOpen, whyNotMet} from '../../../source/rules/controllers/aws-load-balancer/conditions.ts';
import {rulesOf} from '../../../source/rules/ingress/rules.ts';

const ruleWith = (conditions: unknown, host = 'app.example.com') => {
	const annotations = JSON.stringify({
		'alb.ingress.kubernetes.io/conditions.web': JSON.stringify(conditions, undefined, 2),
	});
	const [found] = snapshotOf(ingress('site', ['/ Prefix web'], {annotations, host})).list('Ingress');
	return rulesOf(found!)[0]!;
};

const request: HttpRequest = {
	...httpRequest,
	headers: [{name: 'content-type', value: 'Application/GRPC+proto'}],
	query: [{name: 'version', value: 'v2'}],
};

const header = {
	field: 'http-header',
	httpHeaderConfig: {httpHeaderName: 'Content-Type', values: ['text/*', 'application/grpc*']},
};
const method = {Field: 'http-request-method', HttpRequestMethodConfig: {Values: ['GET', 'HEAD']}};
const query = (key: string | undefined, value: string) => ({
	field: 'query-string',
	queryStringConfig: {values: [{key, value}]},
});
const host = {field: 'host-header', hostHeaderConfig: {values: ['other.example.com']}};

test.each([
	['any value of a header, without case', [header]],
	['all conditions of a rule', [header, method, query('version', 'v?')]],
	['a value of the query under any name', [query(undefined, 'v2')]],
	['a host beside the one of the rule', [host]],
])('a rule of an ALB takes %s', (_, conditions) => {
	expect(whyNotMet(ruleWith(conditions), request)).toBeUndefined();
});

test.each([
	[[header], {headers: []}, 'header Content-Type: text/* or application/grpc*'],
	[[method], {method: 'POST'}, 'method GET or HEAD'],
	[[header, query('version', 'v1')], {}, 'the query version=v1'],
])('a rule of an ALB does not take what lacks %o', (conditions, other, what) => {
	expect(whyNotMet(ruleWith(conditions), {...request, ...other})).toBe(
		`annotation alb.ingress.kubernetes.io/conditions.web asks for ${what}`,
	);
});

test('a host condition is the only one of a rule without a host', () => {
	expect(whyNotMet(ruleWith([host], ''), request)).toContain('host other.example.com');
});

test('the address of the client is not known', () => {
	const rule = ruleWith([{field: 'source-ip', sourceIpConfig: {values: ['192.0.2.0/24']}}]);
	expect(isOpen(rule)).toBe(true);
	expect(whyNotMet(rule, request)).toBeUndefined();
});
