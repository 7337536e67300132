import type {Ingress} from '../../../model/ingress.ts';
import {accessFinding} from '../../access.ts';
import type {ControllerDetails} from '../../details.ts';
import {findController, type ControllerSearch} from '../find.ts';
import type {Finding} from '../../finding.ts';
import {controllerObserved} from '../observed.ts';
import {statusOf} from '../../hop-status.ts';
import {whyNotWatched} from '../../../rules/ingress/claims.ts';
import {classAsked, type ClassAsked} from '../class-asked.ts';
import {classMissing, legacyAnnotation, noClass, severalDefaults} from './class-findings.ts';
import {managedWithoutAddress, nobodyRuns, notWatched} from './inert-findings.ts';
import {presumed} from '../make.ts';
import {notExposed, notReady, withoutEndpoints} from '../workload-findings.ts';
import type {Resolved, Resolver, Visit} from '../../resolver.ts';
import type {Stop} from '../../../rules/stop.ts';
import type {Controller} from '../../../rules/controllers/controller.ts';

type Input = {
	/** As `effectiveClass` gives it. */
	readonly ingressClass: string | undefined;
	/** The ones asked about; they share the class. */
	readonly ingresses: readonly Ingress[];
};

/** `controller` is what serves the class, or what is presumed of it, so that the rules can be followed all the same. */
type Output = Resolved<'controller'> & {readonly controller?: Controller};

/** Who runs the rules of an IngressClass, and whether it works. */
export const controllerResolver: Resolver<'controller', Input, Output> = {
	kind: 'controller',
	resolve(visit, {ingressClass, ingresses}) {
		const asked = classAsked(visit.snapshot, ingressClass, ingresses);
		const search = findController(visit, asked);
		const judged = judge(visit, {asked, search, ingresses});
		const isServed = search.type === 'found' || search.type === 'managed';
		const findings = [
			...unknownClass(visit, asked),
			...judged.findings,
			...severalDefaults(visit.snapshot, ingressClass, isServed),
			...legacyAnnotation(ingresses),
		];
		const controller = isServed ? search.controller : presumed(visit, asked);
		const status = statusOf(findings);
		const workload = search.type === 'found' ? search.front : undefined;
		const ready = workload && {ready: workload.readyReplicas, total: workload.replicas};
		return {
			hop: {
				kind: 'controller',
				status,
				basis: 'objects',
				subject: controller.workload ?? classRef(asked),
				summary: summaryOf(controller, {asked, search, ready}),
				findings,
				details: {
					...detailsOf(controller),
					...ready,
					...controllerObserved(visit.snapshot, isServed ? controller : undefined),
				},
			},
			controller,
			...(status === 'broken' ? {stop: judged.stop ?? 'nobody'} : {}),
		};
	},
};

function unknownClass({snapshot}: Visit, asked: ClassAsked): readonly Finding[] {
	const access =
		asked.type === 'unknown'
			? accessFinding('IngressClass', undefined, snapshot.state('IngressClass'))
			: undefined;
	return access ? [access] : [];
}

type Judged = {readonly findings: readonly Finding[]; readonly stop?: Stop};
type Case = {
	readonly asked: ClassAsked;
	readonly search: ControllerSearch;
	readonly ingresses: readonly Ingress[];
};

function judge(visit: Visit, {asked, search, ingresses}: Case): Judged {
	switch (search.type) {
		case 'found':
			return judgeFound(visit, search, ingresses);
		case 'managed':
			return {findings: managedWithoutAddress(search.controller, ingresses)};
		case 'unknown':
			return {
				findings:
					asked.type === 'missing'
						? [classMissing(visit.snapshot, asked.className, ingresses)]
						: search.findings,
			};
		case 'nobody':
			return {findings: nobodyFindings(visit, {asked, search, ingresses})};
	}
}

function judgeFound(
	{snapshot}: Visit,
	{controller, front}: Extract<ControllerSearch, {type: 'found'}>,
	ingresses: readonly Ingress[],
): Judged {
	const unwatched = ingresses.flatMap((ingress) => {
		const flag = whyNotWatched(controller, ingress);
		return flag ? [notWatched(controller, ingress, flag)] : [];
	});
	if (unwatched.length > 0) {
		return {findings: unwatched.slice(0, 1), stop: 'nobody'};
	}

	return {
		findings: [
			...notReady(controller, front),
			...withoutEndpoints(snapshot, controller, front),
			...notExposed(snapshot, controller, front),
		],
		stop: 'no-endpoints',
	};
}

function nobodyFindings(
	{snapshot}: Visit,
	{asked, search, ingresses}: Case & {readonly search: Extract<ControllerSearch, {type: 'nobody'}>},
): readonly Finding[] {
	switch (asked.type) {
		case 'missing':
			return [classMissing(snapshot, asked.className, ingresses)];
		case 'none':
			return [noClass(snapshot, ingresses)];
		case 'class':
		case 'annotation':
			return [nobodyRuns({asked, ingresses, alike: search.alike})];
		case 'unknown':
			return [];
	}
}

function classRef(asked: ClassAsked) {
	return asked.type === 'none' ? undefined : {kind: 'IngressClass', name: asked.className};
}

type Shown = {
	readonly asked: ClassAsked;
	readonly search: ControllerSearch;
	readonly ready: {readonly ready: number; readonly total: number} | undefined;
};

function summaryOf({implementation, className, managed}: Controller, {asked, search, ready}: Shown): string {
	const ofClass = className ? `, class ${className}` : '';
	if (search.type === 'nobody') {
		return asked.type === 'none' ? 'no class' : `nothing runs class ${className}`;
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
