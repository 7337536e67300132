import type {Ingress} from '../../../model/routes/ingress.ts';
import {accessFinding} from '../../access.ts';
import type {ControllerDetails} from '../../details.ts';
import {findController, presumed, type ControllerSearch} from '../find.ts';
import type {Finding} from '../../finding.ts';
import {controllerObserved} from '../observed.ts';
import {podDetails} from '../pod-details.ts';
import {statusOf} from '../../hop-status.ts';
import {whyNotWatched} from '../../../rules/controllers/ingresses-of.ts';
import type {RequestedClass} from '../../../rules/ingress/requested-class.ts';
import {classRequest, type ClassRequest} from '../class-request.ts';
import {controllerSays} from '../controller-says.ts';
import {readyText, type Workload} from '../../../model/workloads/workload.ts';
import {unknownHostAt} from '../unknown-host.ts';
import {
	classMissing,
	classRuleUnknown,
	legacyAnnotation,
	noClass,
	severalDefaults,
} from './class-findings.ts';
import {managedWithoutAddress, nobodyRuns, notWatched} from './inert-findings.ts';
import {companionsNotReady, notExposed, notReady, withoutEndpoints} from '../workload-findings.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../../hop-evaluator.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {StopReason} from '../../../rules/stop.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {KindedWorkload} from '../../../rules/all-workloads.ts';

type Input = {
	readonly requested: RequestedClass;
	/** The ones asked about; they share the class. */
	readonly ingresses: readonly Ingress[];
};

/** `controller` is what serves the class, or what is presumed of it, so that the rules can still be followed. */
type Output = HopEvaluation<'controller'> & {readonly controller?: Controller};

/** Who runs the rules of an IngressClass, and whether it works. */
export const ingressControllerEvaluator: HopEvaluator<'controller', Input, Output> = {
	kind: 'controller',
	evaluate(hopContext, {requested, ingresses}) {
		const request = classRequest(hopContext.snapshot, requested);
		const search = findController(hopContext, requested);
		const evaluated = judge(hopContext, {request, search, ingresses});
		const isServed = search.type === 'found' || search.type === 'managed';
		const findings = [
			...unknownClass(hopContext, request),
			...evaluated.findings,
			...severalDefaults(hopContext.snapshot, requested.className ?? requested.annotation, isServed),
			...legacyAnnotation(ingresses),
		];
		const controller = isServed ? search.controller : presumed(hopContext, requested);
		const status = statusOf(findings);
		const workload = search.type === 'found' ? search.frontend : undefined;
		return {
			hop: {
				kind: 'controller',
				status,
				basis: 'objects',
				subject: controller.workload ?? classRef(request),
				summary: summaryOf(controller, {request, search, workload}),
				findings,
				details: {
					...detailsOf(controller),
					...ofNobody({request, search}),
					ready: workload?.readyReplicas,
					total: workload?.replicas,
					...controllerObserved(hopContext.snapshot, isServed ? controller : undefined),
				},
			},
			controller,
			stop: status === 'broken' ? (evaluated.stop ?? 'nobody') : undefined,
		};
	},
};

/** Without a class that exists no controller is meant, and rules of nobody are followed. */
function ofNobody({request, search}: Pick<Case, 'request' | 'search'>): ControllerDetails | undefined {
	const isNobody =
		request.type === 'missing'
			? search.type === 'nobody' || search.type === 'unknown'
			: request.type === 'none' && search.type === 'nobody';
	return isNobody
		? {implementation: undefined, assumed: ["the API's plain rules: no controller takes the Ingress"]}
		: undefined;
}

function unknownClass({snapshot}: HopContext, request: ClassRequest): readonly Finding[] {
	const access =
		request.type === 'unknown'
			? accessFinding('IngressClass', undefined, snapshot.state('IngressClass'))
			: undefined;
	return access ? [access] : [];
}

type Evaluated = {readonly findings: readonly Finding[]; readonly stop?: StopReason};
type Case = {
	readonly request: ClassRequest;
	readonly search: ControllerSearch;
	readonly ingresses: readonly Ingress[];
};

function judge(hopContext: HopContext, {request, search, ingresses}: Case): Evaluated {
	switch (search.type) {
		case 'found':
			return evaluateFound(hopContext, search, ingresses);
		case 'managed':
			return {findings: evaluateManaged(hopContext, search.controller, ingresses)};
		case 'undecided':
			return {findings: [classRuleUnknown(ingresses, search.controllers)]};
		case 'unknown':
			return {
				findings:
					request.type === 'missing'
						? [classMissing(hopContext.snapshot, request.className, ingresses)]
						: search.findings,
			};
		case 'nobody':
			return {
				findings: nobodyFindings(hopContext, {request, search, ingresses}),
				stop: request.type === 'class' ? 'nobody' : answerOf(hopContext, search.others, ingresses),
			};
	}
}

/** The client that reaches the only controller gets its answer to unknown hosts, unless a rule for any host of another Ingress answers. */
function answerOf(
	{snapshot}: HopContext,
	others: readonly KindedWorkload[],
	inert: readonly Ingress[],
): StopReason {
	const [only, ...more] = others;
	return only && more.length === 0 ? answerAt(snapshot, only.workload, inert) : 'nobody';
}

function answerAt(snapshot: Snapshot, workload: Workload, inert: readonly Ingress[]): StopReason {
	return unknownHostAt(snapshot, workload, inert) === '404' ? 'no-rule' : 'nobody';
}

/** Without an address, its Event says why; without an Event it may still be in the making. */
function evaluateManaged(
	{snapshot}: HopContext,
	controller: Controller,
	ingresses: readonly Ingress[],
): readonly Finding[] {
	const refused = ingresses
		.filter(({addresses}) => addresses.length === 0)
		.flatMap((ingress) => controllerSays(snapshot, controller, ingress))
		.filter(({severity}) => severity === 'error');
	return refused.length > 0 ? refused.slice(0, 1) : managedWithoutAddress(controller, ingresses);
}

function evaluateFound(
	{snapshot}: HopContext,
	{controller, frontend}: Extract<ControllerSearch, {type: 'found'}>,
	ingresses: readonly Ingress[],
): Evaluated {
	const unwatched = ingresses.flatMap((ingress) => {
		const flag = whyNotWatched(snapshot, controller, ingress);
		return flag ? [notWatched(controller, ingress, flag)] : [];
	});
	if (unwatched.length > 0) {
		return {findings: unwatched.slice(0, 1), stop: answerAt(snapshot, frontend, ingresses)};
	}

	const companions = companionsNotReady(snapshot, controller, frontend);
	return {
		findings: [
			...notReady(controller, frontend),
			...companions,
			...withoutEndpoints(snapshot, controller, frontend),
			...notExposed(snapshot, controller, frontend),
		],
		stop: statusOf(companions) === 'broken' ? 'nobody' : 'no-endpoints',
	};
}

function nobodyFindings(
	{snapshot}: HopContext,
	{request, search, ingresses}: Case & {readonly search: Extract<ControllerSearch, {type: 'nobody'}>},
): readonly Finding[] {
	switch (request.type) {
		case 'missing':
			return [classMissing(snapshot, request.className, ingresses)];
		case 'none':
			return [noClass(snapshot, ingresses, search.others)];
		case 'class':
		case 'annotation':
			return [nobodyRuns({requested: request, ingresses, ...search})];
		case 'unknown':
			return [];
	}
}

function classRef(request: ClassRequest) {
	return request.type === 'none' ? undefined : {kind: 'IngressClass', name: request.className};
}

type Shown = {
	readonly request: ClassRequest;
	readonly search: ControllerSearch;
	readonly workload: Workload | undefined;
};

function summaryOf(
	{implementation, className, record}: Controller,
	{request, search, workload}: Shown,
): string {
	const ofClass = className ? `, class ${className}` : '';
	if (search.type === 'nobody') {
		return request.type === 'none' ? 'no class' : `nothing runs class ${className}`;
	}

	if (search.type === 'unknown' || search.type === 'undecided') {
		return `not known${ofClass}`;
	}

	return workload && !record.managed
		? `${implementation}  ${readyText(workload)}${ofClass}`
		: `${implementation}, outside the cluster${ofClass}`;
}

function detailsOf(controller: Controller): ControllerDetails {
	const {className, controllerName, implementation, record, assumed, workload, bypassesProxy} = controller;
	return {
		class: className || undefined,
		controller: controllerName || undefined,
		implementation,
		profile: record.ingress?.profile,
		assumed: assumed.length > 0 ? assumed : undefined,
		workload,
		pods: podDetails(controller),
		bypassesProxy,
	};
}
