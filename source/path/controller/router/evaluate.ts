import {apiKindOf} from '../../../model/kinds.ts';
import {readyText} from '../../../model/workloads/workload.ts';
import {refOf, type ObjectRef} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {Router, RouterObject} from '../../../rules/routers/router.ts';
import type {HopContext, HopEvaluation, HopEvaluator} from '../../hop-evaluator.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../finding.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {statusOf} from '../../hop-status.ts';
import {controllerFindings} from '../catalogue.ts';
import {stopAtUnknownHost} from '../unknown-host.ts';
import {makeController, workloadRef} from '../make.ts';
import {controllerObserved} from '../observed.ts';
import {podDetails} from '../pod-details.ts';
import {recognise} from '../recognise.ts';
import {flagsOf} from '../workload-flags.ts';
import {runByNone} from '../workloads.ts';
import {proxyDenial, proxyPolicies} from '../proxy-policies.ts';
import {notExposed, notReady, withoutEndpoints} from '../workload-findings.ts';
import {findRouterController, type RouterSearch} from './find.ts';
import type {KindedWorkload} from '../../../rules/all-workloads.ts';

type Input = {
	readonly router: Router;
	/** One of those asked about; the same controller takes the others. */
	readonly object: RouterObject;
	/** Of several workloads that have the connections, this one. */
	readonly plane?: ObjectRef;
};

type Output = HopEvaluation<'controller'> & {readonly controller: Controller};

/** Who serves the objects of a router, and whether it works. */
export const routerControllerEvaluator: HopEvaluator<'controller', Input, Output> = {
	kind: 'controller',
	evaluate(hopContext, {router, object, plane}) {
		const search = findRouterController(hopContext.snapshot, router, {object, plane});
		const controller = controllerOf(hopContext, router, search);
		const findings = findingsOf(hopContext, {router, object, search, controller});
		const status = statusOf(findings);
		const workload = search.type === 'found' ? search.frontend.workload : undefined;
		return {
			hop: {
				kind: 'controller',
				status,
				basis: 'objects',
				subject: controller.workload,
				summary: workload
					? `${controller.implementation}  ${readyText(workload)}`
					: search.type === 'nobody'
						? `nothing serves this ${router.kind}`
						: 'not known',
				findings,
				details: {
					implementation: controller.implementation,
					profile: router.kind,
					assumed: controller.assumed.length > 0 ? controller.assumed : undefined,
					workload: controller.workload,
					pods: podDetails(controller),
					bypassesProxy: controller.bypassesProxy,
					ready: workload?.readyReplicas,
					total: workload?.replicas,
					...controllerObserved(hopContext.snapshot, search.type === 'found' ? controller : undefined),
				},
			},
			controller,
			stop: status === 'broken' ? stopOf(hopContext, router, {search, controller, findings}) : undefined,
		};
	},
};

function stopOf(
	{snapshot, request}: HopContext,
	router: Router,
	{search, controller, findings}: Omit<Case, keyof Input> & {readonly findings: readonly Finding[]},
): StopReason {
	if (search.type !== 'found') {
		const isUnknownHost = search.type === 'nobody' && request && router.isUnknownHost?.(snapshot, request);
		return isUnknownHost ? stopAtUnknownHost(snapshot) : 'nobody';
	}

	const errors = findings.filter(({severity}) => severity === 'error');
	return errors.length === 1 && proxyDenial(snapshot, controller) ? 'answered-403' : 'no-endpoints';
}

/** Without a workload, what is known of the controllers that serve this kind stands in, so that the rules can be followed. */
function controllerOf(hopContext: HopContext, router: Router, search: RouterSearch): Controller {
	const found = search.type === 'found' ? search : undefined;
	const known = found?.record ?? router.servedBy[0];
	const controller = makeController(hopContext, {
		request: {type: 'none'},
		known,
		reader: found?.reader,
		frontend: found?.frontend,
	});
	const {flags, version} = controller;
	return {...controller, answers: router.answers({flags, version})};
}

type Case = Input & {readonly search: RouterSearch; readonly controller: Controller};

function findingsOf(hopContext: HopContext, {search, ...input}: Case): readonly Finding[] {
	const {snapshot} = hopContext;
	switch (search.type) {
		case 'found':
			return [
				...notReady(input.controller, search.frontend.workload),
				...withoutEndpoints(snapshot, input.controller, search.frontend.workload),
				...notExposed(snapshot, input.controller, search.frontend.workload),
				...proxyPolicies(snapshot, input.controller),
			];
		case 'unknown':
			return search.findings;
		case 'undecided':
			return [notKnown(input, search.readers)];
		case 'nobody':
			return [noDataPlane(snapshot, input) ?? nobodyServes(input, search.others)];
	}
}

/** KNET304: the labels that choose the proxies are on none. */
function noDataPlane(snapshot: Snapshot, {router, object: served}: Input): Finding | undefined {
	const found = router.whyNoDataPlane?.(snapshot, served);
	if (!found) {
		return undefined;
	}

	const {object, field, value, why} = found;
	return finding(controllerFindings.ingressInert, {
		message: `No proxy has ${router.kind} ${served.namespace}/${served.name}: ${why}.`,
		evidence: [objectField(object, field, value)],
		remedy: `Correct ${field}, or make what it names.`,
		command: 'kubectl get deployments,daemonsets -A --show-labels',
	});
}

/** KNET304: no controller takes the object. */
function nobodyServes({router, object}: Input, others: readonly KindedWorkload[]): Finding {
	const {kind, servedBy} = router;
	const who = servedBy.map(({implementation}) => implementation).join(' or ');
	const what = `${kind} ${object.namespace}/${object.name}`;
	const otherwise = others.length > 0 ? router.whyNotTaken?.(object) : undefined;
	if (otherwise) {
		return finding(controllerFindings.ingressInert, {
			message: `${who} runs here and does not take ${what}: ${otherwise.why}.`,
			evidence: [objectField(refOf(kind, object), otherwise.field, otherwise.value)],
			remedy: otherwise.remedy ?? `Correct ${otherwise.field}.`,
			command: 'kubectl get crds -o name',
		});
	}

	return finding(controllerFindings.ingressInert, {
		message:
			others.length > 0
				? `${who} runs here and does not take ${what}: the object is inert.`
				: `Nothing in this cluster runs ${who}, which serves ${what}: the object is inert.`,
		evidence: others.length > 0 ? others.map((each) => classField(router, each)) : runByNone,
		remedy:
			others.length > 0
				? 'Give the object the class that the controller takes, or add a controller that takes it.'
				: `Install ${who}, or route the host by a kind that a running controller serves.`,
		command: 'kubectl get deployments,daemonsets -A -o wide',
	});
}

function classField({classFlag = ''}: Router, each: KindedWorkload): EvidenceField {
	const value = flagsOf(each.workload)[classFlag];
	const object = workloadRef(each);
	return value === undefined
		? objectField(object, 'metadata.name', each.workload.name)
		: objectField(object, 'spec.template.spec.containers[].args', `--${classFlag}=${value}`);
}

/** KNET309: its status says that it is served, and no workload of that kind is there. */
function unseen({kind, servedBy}: Router, object: RouterObject): Finding {
	const who = servedBy.map(({implementation}) => implementation).join(' or ');
	return finding(controllerFindings.classRuleUnknown, {
		message: `${who} says that it serves ${apiKindOf(kind)} ${object.namespace}/${object.name}, and its workload is not seen.`,
		evidence: [objectField({...object, kind: apiKindOf(kind)}, 'status', 'is served')],
		remedy: 'Add its workload and Services to the input, or send the request.',
		command: 'kubectl get deployments,daemonsets -A -o wide',
	});
}

/** KNET309: whether a controller that runs takes the object is not known. */
function notKnown({router, object}: Input, readers: readonly KindedWorkload[]): Finding {
	if (readers.length === 0) {
		return unseen(router, object);
	}

	const names = readers.map(({workload}) => recognise(workload)?.implementation ?? workload.name).join(', ');
	return finding(controllerFindings.classRuleUnknown, {
		message: `Whether ${names} takes ${router.kind} ${object.namespace}/${object.name} is not known.`,
		evidence: [
			...readers.map((each) => classField(router, each)),
			objectField(refOf(router.kind, object), 'metadata', object.name),
		],
		remedy: 'Send the request, or read the log of the controller.',
		command: 'kubectl get deployments,daemonsets -A -o wide',
	});
}
