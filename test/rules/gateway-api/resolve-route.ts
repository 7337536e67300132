import {gatewayRouteEvaluator} from '../../../source/path/route/gateway/evaluate.ts';
import {findGatewayController} from '../../../source/path/controller/find-gateway.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {gatewayIn, requestTo} from './fixtures.ts';
import type {HttpRequest} from '../../../source/model/request.ts';
import type {GatewayRouteInput} from '../../../source/path/route/gateway/routing.ts';

type Options = {
	readonly request?: HttpRequest;
	readonly states?: Parameters<typeof snapshotOf>[1];
	readonly focus?: GatewayRouteInput['focus'];
};

/** The route hop of a request to Gateway gw, as the walk asks for it. */
export function resolve(
	yaml: string,
	{request = requestTo('http://a.example.com/'), states, focus}: Options = {},
) {
	const snapshot = snapshotOf(yaml, states);
	const gateway = gatewayIn(snapshot);
	const source = {kind: 'external'} as const;
	const hopContext = {snapshot, source, client: source, request, detail: 'full'} as const;
	const gatewayClass = snapshot.get('GatewayClass', '', gateway.className);
	const controller = gatewayClass && findGatewayController(hopContext, gateway, gatewayClass).controller;
	return gatewayRouteEvaluator.evaluate(hopContext, {
		gateway,
		controller,
		listenerPort: gateway.listeners[0]?.port ?? 80,
		focus,
	});
}

/** Codes with their severity. */
export const codes = (result: ReturnType<typeof resolve>) =>
	result.hop.findings.map(({code, severity, undecided}) => `${code} ${undecided ? 'undecided' : severity}`);
/** Of the first finding. */
export const message = (result: ReturnType<typeof resolve>) => result.hop.findings[0]?.message;

/** A rule that sends all to Service web. */
export const toWeb = 'rules: [{backendRefs: [{name: web, port: 80}]}]';
