import type {ObjectRef} from '../../model/ref.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import type {Controller} from '../../rules/controllers/record/controller.ts';
import {plainIngress, unknownController} from '../../rules/controllers/plain.ts';
import type {ControllerRecord} from '../../rules/controllers/record/record.ts';
import type {HopContext} from '../hop-evaluator.ts';
import type {ClassRequest} from './class-request.ts';
import {exposingServices, podsOf} from './exposure.ts';
import {versionOf} from './image-version.ts';
import {settingsOf} from './settings.ts';
import type {KindedWorkload} from '../../rules/all-workloads.ts';

type ControllerParts = {
	readonly request: ClassRequest;
	readonly known?: ControllerRecord;
	/** What reads Ingresses. */
	readonly reader?: KindedWorkload;
	/** What answers requests, where it is another workload. */
	readonly frontend?: KindedWorkload;
};

/** A controller from what was found of it; without a workload only its record speaks, and the rest is assumed. */
export function makeController(
	hopContext: HopContext,
	{request, known, reader, frontend = reader}: ControllerParts,
): Controller {
	const {className, controllerName} = namesOf(request, known);
	const record = known ?? unknownController(controllerName, className);
	const side = record.ingress ?? plainIngress(controllerName, className);
	const read = reader && settingsOf(hopContext.snapshot, reader.workload);
	const served = frontend && settingsOf(hopContext.snapshot, frontend.workload);
	const flags = {...served?.flags, ...read?.flags};
	const version = reader && versionOf(reader.workload, record);
	const bypassesProxy = side.bypassesProxy?.(flags);
	// The pods of a cloud's controller are on no path.
	const plane = record.managed ? undefined : frontend;
	return {
		implementation: record.implementation,
		record,
		controllerName,
		className,
		workload: plane && workloadRef(plane),
		pods: plane ? podsOf(hopContext, plane.workload) : [],
		services: plane && reader ? exposingServices(hopContext.snapshot, plane.workload, reader.workload) : [],
		bypassesProxy,
		chooses: bypassesProxy ? side.chooses : undefined,
		answers: side.answers({flags, version}),
		flags,
		unreadSettings: read?.unread,
		version,
		assumed: assumptions(side, known, {reader: reader?.workload, flags, version, unread: read?.unread}),
	};
}

function namesOf(
	request: ClassRequest,
	known: ControllerRecord | undefined,
): Pick<Controller, 'className' | 'controllerName'> {
	const own = known?.ingress?.controllerNames[0] ?? '';
	return {
		className: request.type === 'none' ? '' : request.className,
		controllerName: request.type === 'class' ? request.controllerName : own,
	};
}

type Read = Pick<Controller, 'flags' | 'version'> & {
	readonly reader: Workload | undefined;
	readonly unread: string | undefined;
};

function assumptions(
	side: NonNullable<ControllerRecord['ingress']>,
	known: ControllerRecord | undefined,
	{reader, unread, ...facts}: Read,
): readonly string[] {
	const unknowns = [
		...side.unknowns(facts, {isFound: reader !== undefined}),
		...(unread ? [`the usual settings beside its flags: ${unread} is not read`] : []),
	];
	return known && !reader && !known.managed
		? [...unknowns, 'its usual flags: its workload was not found or may not be read']
		: unknowns;
}

export function workloadRef({kind, workload}: KindedWorkload): ObjectRef {
	return {kind, namespace: workload.namespace, name: workload.name};
}
