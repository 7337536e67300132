import type {Service} from '../../model/services/service.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {proxyFor} from './evaluate.ts';

/** What the nodes' proxy makes of what a load balancer sends to them. */
export function proxyBehind(
	hopContext: HopContext,
	service: Service,
): {readonly rangesFirst: boolean; readonly allAnswerArp: boolean} {
	const {mode, config} = proxyFor(hopContext, {service, exposureType: 'load-balancer'});
	return {rangesFirst: mode === 'nftables', allAnswerArp: mode === 'ipvs' && !config.strictArp};
}
