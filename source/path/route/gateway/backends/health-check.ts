import {kubectl} from '../../../../model/safe-text/command.ts';
import type {Snapshot} from '../../../../model/snapshot.ts';
import type {Pod} from '../../../../model/workloads/pod.ts';
import type {Service} from '../../../../model/services/service.ts';
import type {Controller} from '../../../../rules/controllers/record/controller.ts';
import {selectedPods} from '../../../../rules/endpoint-slices/selected-pods.ts';
import type {Backend} from '../../../../rules/gateway-api/backends.ts';
import {policiesOn} from '../../../../rules/gateway-api/policies.ts';
import {negHealthOf} from '../../../../rules/load-balancers/neg-gate.ts';
import type {Gateway} from '../../../../model/routes/gateway.ts';
import {refOf} from '../../../../model/ref.ts';
import {finding, objectField, type Finding} from '../../../finding.ts';
import {gatewayRouteFindings} from '../catalogue.ts';

type Checked = {
	readonly gateway: Gateway;
	readonly controller?: Controller;
	readonly backends: readonly Backend[];
};

/**
KNET454: the load balancer of a cloud asks `GET /` where no policy says otherwise, and pods that are ready by another path may not
answer it with 200. Readiness gates of GKE tell the answer.
*/
export function otherHealthCheck(
	snapshot: Snapshot,
	{gateway, controller, backends}: Checked,
): readonly Finding[] {
	if (controller?.record.gateway?.healthCheckedBy === undefined) {
		return [];
	}

	return backends
		.filter(({share}) => share > 0)
		.flatMap(({result}) => (result.state === 'resolved' ? result.service : []))
		.filter((service) => hasNoPolicy(snapshot, {gateway, controller}, service))
		.flatMap((service) => pathOfReadiness(snapshot, service) ?? [])
		.slice(0, 1)
		.map(({service, pod, path}) => ofAnotherPath(controller, service, {pod, path}));
}

/** None is seen: where policies are not read, what is asked is not known either. */
function hasNoPolicy(
	snapshot: Snapshot,
	{gateway, controller}: Pick<Checked, 'gateway' | 'controller'>,
	{namespace, name, labels}: Service,
): boolean {
	const policies = policiesOn(snapshot, [{kind: 'Service', namespace, name, labels}], {
		gateway,
		controllerName: controller?.controllerName,
	});
	return !policies.some(({policy, refusal}) => policy.policyKind === 'HealthCheckPolicy' && !refusal);
}

type Readiness = {readonly service: Service; readonly pod: Pod; readonly path: string};

/** The path of the HTTP readiness probe, where it is none of `/` and no gate tells what the load balancer found. */
function pathOfReadiness(snapshot: Snapshot, service: Service): Readiness | undefined {
	const pods = selectedPods(snapshot, service) ?? [];
	const [pod] = pods;
	const paths = (pod?.containers ?? []).flatMap(({readinessProbe}) =>
		readinessProbe?.type === 'httpGet' ? (readinessProbe.path ?? '/') : [],
	);
	const [path] = paths;
	return pod && path && !paths.includes('/') && !pods.some((each) => negHealthOf(each) !== undefined)
		? {service, pod, path}
		: undefined;
}

function ofAnotherPath(
	{implementation, record}: Controller,
	service: Service,
	{pod, path}: Pick<Readiness, 'pod' | 'path'>,
): Finding {
	const index = pod.containers.findIndex(({readinessProbe}) => readinessProbe?.type === 'httpGet');
	return finding(gatewayRouteFindings.healthCheckOfAnotherPath, {
		undecided: true,
		message: `${implementation} may ask / of Service ${service.name} for its health: readiness asks ${path}, and what / answers is not known.`,
		evidence: [objectField(refOf('Pod', pod), `spec.containers[${index}].readinessProbe.httpGet.path`, path)],
		remedy: `Attach ${record.gateway?.healthCheckedBy ?? 'a policy'} for ${path} to Service ${service.name}, or answer / with 200.`,
		command: kubectl(service, 'get', 'healthcheckpolicies', '-o', 'yaml'),
	});
}
