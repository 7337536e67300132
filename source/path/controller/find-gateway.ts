import type {Gateway, GatewayClass} from '../../model/routes/gateway.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {podsOf} from './exposure.ts';
import {workloadRef} from './make.ts';
import {flagsOf} from './workload-flags.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {controlPlaneOf} from './control-plane.ts';
import {dataPlaneOf} from './data-plane.ts';
import {unknownController} from '../../rules/controllers/plain.ts';
import type {ControllerRecord} from '../../rules/controllers/record/record.ts';
import type {Answers} from '../../rules/controllers/record/facts.ts';
import type {Version} from '../../rules/version.ts';
import {recordByGatewayClass} from '../../rules/controllers/records.ts';
import {isImageOf, recognise} from './recognise.ts';
import {versionOf} from './image-version.ts';
import type {Controller} from '../../rules/controllers/record/controller.ts';
import {allWorkloads} from '../../rules/all-workloads.ts';

/** What serves a Gateway; `front` is the workload that has the clients' connections, where it was found. */
export function findGatewayController(
	hopContext: HopContext,
	gateway: Gateway,
	gatewayClass: GatewayClass,
): {readonly controller: Controller; readonly frontend?: Workload} {
	const {controllerName} = gatewayClass;
	const known = recordByGatewayClass(controllerName);
	const record = known ?? unknownController(controllerName, gatewayClass.name);
	const {services, frontend} = dataPlaneOf(hopContext.snapshot, gateway, known);
	const flags = frontend ? flagsOf(frontend.workload) : {};
	const version = versionRunning(hopContext, record);
	const controller: Controller = {
		implementation: record.implementation,
		record,
		controllerName,
		className: gatewayClass.name,
		workload: frontend && workloadRef(frontend),
		pods: frontend ? podsOf(hopContext, frontend.workload) : [],
		controlPlane:
			known && !known.managed ? controlPlaneOf(hopContext.snapshot, known, frontend?.workload) : undefined,
		services,
		bypassesProxy: record.gateway?.bypassesProxy,
		chooses: record.gateway?.chooses?.({flags, version}),
		answers: {...specAnswers, ...record.gateway?.answers?.({flags, version})},
		flags,
		version,
		assumed: known ? [] : ['the rules of Gateway API: this controller is not known to knet'],
	};
	return {controller, frontend: frontend?.workload};
}

/** The data plane of a Gateway is often of another image: the version is that of the controller. */
function versionRunning({snapshot}: HopContext, record: ControllerRecord): Version | undefined {
	// Envoy Gateway's image also runs as a helper beside each Envoy.
	const all = allWorkloads(snapshot).filter(({workload}) => recognise(workload) === record);
	const reader =
		all.find(({workload: {containers}}) => isImageOf(containers[0]?.image ?? '', record.images)) ?? all[0];
	return reader && versionOf(reader.workload, record);
}

/** apis/v1 HTTPRouteRule: 404 without a match, 500 for a reference that cannot be followed, 503 without endpoints. */
const specAnswers: Answers = {
	'no-rule': 'http-404',
	'invalid-backend': 'http-500',
	'no-backend': 'http-500',
	'no-endpoints': 'http-503',
};
