import type {Gateway, GatewayClass} from '../../../model/routes/gateway.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {readyText, type Workload} from '../../../model/workloads/workload.ts';
import type {Finding} from '../../finding.ts';
import type {PlaneState} from './gateway-findings.ts';
import type {ControllerDetails} from '../../details.ts';
import {podDetails} from '../pod-details.ts';
import {profileOf} from '../../../rules/gateway-api/profile.ts';

/** A Gateway whose class is accepted and has a controller. */
export type ServedGateway = {
	readonly gateway: Gateway;
	readonly gatewayClass: GatewayClass;
	readonly controller: Controller;
	readonly frontend?: Workload;
	readonly findings: readonly Finding[];
};

export function planeOf({controller, frontend}: ServedGateway): PlaneState {
	if (controller.record.managed) {
		return 'absent';
	}

	return frontend ? (frontend.readyReplicas > 0 ? 'ready' : 'not-ready') : 'unknown';
}

export function summaryOf({controller, gatewayClass, frontend}: ServedGateway): string {
	const ready = frontend ? ` ${readyText(frontend)}` : '';
	return `${controller.implementation}${ready}, class ${gatewayClass.name}`;
}

export function detailsOf({controller, gatewayClass, frontend}: ServedGateway): ControllerDetails {
	return {
		class: gatewayClass.name,
		controller: controller.controllerName,
		implementation: controller.implementation,
		profile: profileOf(controller).name,
		assumed: controller.assumed.length > 0 ? controller.assumed : undefined,
		workload: controller.workload,
		pods: podDetails(controller),
		ready: frontend?.readyReplicas,
		total: frontend?.replicas,
		bypassesProxy: controller.bypassesProxy,
	};
}
