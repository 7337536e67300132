import type {Ingress} from '../../../model/ingress.ts';
import {accessFinding} from '../../access.ts';
import type {ControllerDetails} from '../../details.ts';
import {findController, type ControllerSearch} from '../find.ts';
import type {Finding} from '../../finding.ts';
import {controllerObserved} from '../observed.ts';
import {statusOf} from '../../hop-status.ts';
import {whyNotWatched} from '../../../rules/ingress/claims.ts';
import {requestedClass, type RequestedClass} from '../requested-class.ts';
import {classMissing, legacyAnnotation, noClass, severalDefaults} from './class-findings.ts';
import {managedWithoutAddress, nobodyRuns, notWatched} from './inert-findings.ts';
import {presumed} from '../make.ts';
import {notExposed, notReady, withoutEndpoints} from '../workload-findings.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../../hop-evaluator.ts';
import type {StopReason} from '../../../rules/stop.ts';
import type {Controller} from '../../../rules/controllers/controller.ts';

type Input = {
	/** As `effectiveClass` gives it. */
	readonly ingressClass: string | undefined;
	/** The ones asked about; they share the class. */
	readonly ingresses: readonly Ingress[];
};

/** `controller` is what serves the class, or what is presumed of it, so that the rules can be followed all the same. */
type Output = HopEvaluation<'controller'> & {readonly controller?: Controller};

/** Who runs the rules of an IngressClass, and whether it works. */
export const ingressControllerEvaluator: HopEvaluator<'controller', Input, Output> = {
	kind: 'controller',
	evaluate(hopContext, {ingressClass, ingresses}) {
		const requested = requestedClass(hopContext.snapshot, ingressClass, ingresses);
		const search = findController(hopContext, requested);
		const evaluated = judge(hopContext, {requested, search, ingresses});
		const isServed = search.type === 'found' || search.type === 'managed';
		const findings = [
			...unknownClass(hopContext, requested),
			...evaluated.findings,
			...severalDefaults(hopContext.snapshot, ingressClass, isServed),
			...legacyAnnotation(ingresses),
		];
		const controller = isServed ? search.controller : presumed(hopContext, requested);
		const status = statusOf(findings);
		const workload = search.type === 'found' ? search.frontend : undefined;
		const ready = workload && {ready: workload.readyReplicas, total: workload.replicas};
		return {
			hop: {
				kind: 'controller',
				status,
				basis: 'objects',
				subject: controller.workload ?? classRef(requested),
				summary: summaryOf(controller, {requested, search, ready}),
				findings,
				details: {
					...detailsOf(controller),
					...ready,
					...controllerObserved(hopContext.snapshot, isServed ? controller : undefined),
				},
			},
			controller,
			...(status === 'broken' ? {stop: evaluated.stop ?? 'nobody'} : {}),
		};
	},
};

function unknownClass({snapshot}: HopContext, requested: RequestedClass): readonly Finding[] {
	const access =
		requested.type === 'unknown'
			? accessFinding('IngressClass', undefined, snapshot.state('IngressClass'))
			: undefined;
	return access ? [access] : [];
}

type Evaluated = {readonly findings: readonly Finding[]; readonly stop?: StopReason};
type Case = {
	readonly requested: RequestedClass;
	readonly search: ControllerSearch;
	readonly ingresses: readonly Ingress[];
};

function judge(hopContext: HopContext, {requested, search, ingresses}: Case): Evaluated {
	switch (search.type) {
		case 'found':
			return evaluateFound(hopContext, search, ingresses);
		case 'managed':
			return {findings: managedWithoutAddress(search.controller, ingresses)};
		case 'unknown':
			return {
				findings:
					requested.type === 'missing'
						? [classMissing(hopContext.snapshot, requested.className, ingresses)]
						: search.findings,
			};
		case 'nobody':
			return {findings: nobodyFindings(hopContext, {requested, search, ingresses})};
	}
}

function evaluateFound(
	{snapshot}: HopContext,
	{controller, frontend}: Extract<ControllerSearch, {type: 'found'}>,
	ingresses: readonly Ingress[],
): Evaluated {
	const unwatched = ingresses.flatMap((ingress) => {
		const flag = whyNotWatched(controller, ingress);
		return flag ? [notWatched(controller, ingress, flag)] : [];
	});
	if (unwatched.length > 0) {
		return {findings: unwatched.slice(0, 1), stop: 'nobody'};
	}

	return {
		findings: [
			...notReady(controller, frontend),
			...withoutEndpoints(snapshot, controller, frontend),
			...notExposed(snapshot, controller, frontend),
		],
		stop: 'no-endpoints',
	};
}

function nobodyFindings(
	{snapshot}: HopContext,
	{requested, search, ingresses}: Case & {readonly search: Extract<ControllerSearch, {type: 'nobody'}>},
): readonly Finding[] {
	switch (requested.type) {
		case 'missing':
			return [classMissing(snapshot, requested.className, ingresses)];
		case 'none':
			return [noClass(snapshot, ingresses)];
		case 'class':
		case 'annotation':
			return [nobodyRuns({requested, ingresses, alike: search.alike})];
		case 'unknown':
			return [];
	}
}

function classRef(requested: RequestedClass) {
	return requested.type === 'none' ? undefined : {kind: 'IngressClass', name: requested.className};
}

type Shown = {
	readonly requested: RequestedClass;
	readonly search: ControllerSearch;
	readonly ready: {readonly ready: number; readonly total: number} | undefined;
};

function summaryOf(
	{implementation, className, managed}: Controller,
	{requested, search, ready}: Shown,
): string {
	const ofClass = className ? `, class ${className}` : '';
	if (search.type === 'nobody') {
		return requested.type === 'none' ? 'no class' : `nothing runs class ${className}`;
	}

	if (search.type === 'unknown') {
		return `not known${ofClass}`;
	}

	return ready && !managed
		? `${implementation}  ${ready.ready}/${ready.total} ready${ofClass}`
		: `${implementation}, outside the cluster${ofClass}`;
}

function detailsOf(controller: Controller): ControllerDetails {
	const {className, controllerName, implementation, profile, assumed, workload, bypassesProxy} = controller;
	return {
		...(className ? {class: className} : {}),
		...(controllerName ? {controller: controllerName} : {}),
		implementation,
		profile,
		...(assumed.length > 0 ? {assumed} : {}),
		...(workload ? {workload} : {}),
		...(bypassesProxy === undefined ? {} : {bypassesProxy}),
	};
}
