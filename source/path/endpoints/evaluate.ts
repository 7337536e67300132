import {isHeadless, type IpFamily, type Service, type ServicePort} from '../../model/services/service.ts';
import {isKnown, type KindState} from '../../model/snapshot.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import {accessFinding} from '../access.ts';
import type {Finding} from '../finding.ts';
import type {HopStatus} from '../hop.ts';
import {statusOf} from '../hop-status.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../hop-evaluator.ts';
import {isTakenOver} from '../../rules/kube-proxy/taken-over.ts';
import {arePlanned} from '../planned.ts';
import {nothingSent} from './nothing-sent.ts';
import {selectorlessManifest} from './selectorless.ts';
import {takenOver} from './taken-over.ts';
import {endpointsFindings as catalogue} from './catalogue.ts';
import type {NothingSent} from '../../rules/controllers/record/nothing-sent.ts';
import {endpointsFindings} from './why-none.ts';
import {viewOf, type EndpointsView} from './view.ts';
import type {StopReason} from '../../rules/stop.ts';
import type {Subset} from '../../rules/backend.ts';
import {isUnseen, isWithoutSlices, stateOfSlices} from '../../rules/slices-state.ts';
import type {Controller} from '../../rules/controllers/record/controller.ts';
import type {ResolvedEndpoint, EndpointDetails} from '../../rules/endpoint-slices/endpoint.ts';

/** `family`: of a dual-stack Service, the one that the client uses. Absent: whatever there is. */
export type EndpointsInput = {
	readonly service: Service;
	readonly port: ServicePort;
	readonly family?: IpFamily;
	/** By what the controller in front chooses endpoints itself. Absent: kube-proxy does. */
	readonly chooses?: Controller['chooses'];
	/** Those pods alone. */
	readonly subset?: Subset;
	/** Why the controller in front sends nothing to it. */
	readonly nothingSent?: NothingSent & {readonly by: string};
};

export type EndpointsOutput = HopEvaluation<'endpoints'> & {
	/** All that the slices list for the port; those without a `port` get nothing from kube-proxy. */
	readonly endpoints: readonly ResolvedEndpoint[];
	/** Why no later hop is on the way, or known. */
	readonly lastBecause?: string;
};

/** What stands behind a Service port, by its EndpointSlices: what kube-proxy and controllers read. Pods say why. */
export const endpointsEvaluator: HopEvaluator<'endpoints', EndpointsInput, EndpointsOutput> = {
	kind: 'endpoints',
	evaluate(hopContext, input) {
		const {service} = input;
		const {snapshot} = hopContext;
		if (service.type === 'ExternalName') {
			return output([], {status: 'skipped', summary: 'an alias: no endpoints', findings: []});
		}

		const slices = snapshot.slicesOf(service.namespace, service.name);
		if (isTakenOver(service, slices)) {
			const findings = takenOver(snapshot, service);
			const summary = 'taken over by Envoy of Cilium';
			return {
				...output([], {status: statusOf(findings), summary, findings, subject: refOf('Service', service)}),
				lastBecause: 'not on the way: Envoy of Cilium takes the traffic',
			};
		}

		if (input.nothingSent) {
			const findings = [nothingSent(service, input.nothingSent)];
			return output([], {
				status: statusOf(findings),
				summary: 'no target of the controller',
				findings,
				subject: refOf('Service', service),
				// An AWS load balancer without targets answers 503, as Envoy does without endpoints.
				stop: input.nothingSent.isOpen ? undefined : 'answered-503',
			});
		}

		const state = stateOfSlices(snapshot, service);
		const access = isKnown(state) ? undefined : unreadSlices(service, state);
		return access
			? output([], {status: 'unknown', summary: 'endpoints not known', findings: [access]})
			: evaluateKnown(hopContext, input);
	},
};

/** The EndpointSlice of a Service without a selector is written by hand: it may be among the manifests. */
function unreadSlices(service: Service, state: KindState): Finding | undefined {
	return isUnseen(service) && !service.selector && isWithoutSlices(state)
		? selectorlessManifest(service)
		: accessFinding('EndpointSlice', service.namespace, state);
}

type HopParts = {
	readonly status: HopStatus;
	readonly summary: string;
	readonly findings: readonly Finding[];
	readonly subject?: ObjectRef;
	readonly slices?: readonly string[];
	readonly stop?: StopReason;
	readonly notChecked?: readonly string[];
};

function output(endpoints: readonly ResolvedEndpoint[], parts: HopParts): EndpointsOutput {
	const {status, summary, findings, subject, slices, stop, notChecked} = parts;
	return {
		hop: {
			kind: 'endpoints',
			status,
			basis: 'objects',
			subject,
			summary,
			findings,
			notChecked,
			details: slices && {slices, endpoints: endpoints.map(detailsOf)},
		},
		stop,
		endpoints,
	};
}

function evaluateKnown(hopContext: HopContext, input: EndpointsInput): EndpointsOutput {
	const view = viewOf(hopContext, input);
	const {service, slices, family} = view;
	const findings = endpointsFindings(hopContext, view);
	const status = statusOf(findings);
	const shown = slices.filter(({addressType}) => family === undefined || addressType === family);
	const isElsewhere = findings.some(({code}) => code === catalogue.endpointsElsewhere.code);
	const evaluation = output(view.endpoints, {
		status,
		summary: summaryOf(view),
		findings,
		subject: refOf('Service', service),
		slices: shown.map(({name}) => name),
		notChecked: arePlanned(view.pods)
			? ['whether the pods of the manifests start and become ready']
			: undefined,
		stop: status === 'broken' ? stopOf(hopContext, view) : undefined,
	});
	return isElsewhere
		? {...evaluation, lastBecause: 'not followed: endpoints outside are not seen'}
		: evaluation;
}

/** A headless Service without ready endpoints has no record (CoreDNS); a controller in front looks at the slices instead. */
function stopOf({request}: HopContext, {service, answering}: EndpointsView): StopReason {
	if (answering.length > 0) {
		return 'unreachable';
	}

	return isHeadless(service) && request === undefined ? 'nxdomain' : 'no-endpoints';
}

function summaryOf({endpoints, answering, pods, port}: EndpointsView): string {
	const alive = endpoints.filter(({terminating}) => !terminating).length;
	const ready = answering.filter((endpoint) => endpoint.ready && !endpoint.forced).length;
	const total = Math.max(alive, pods?.filter(({deletedAt}) => deletedAt === undefined).length ?? 0);
	if (answering.some(({forced}) => forced)) {
		return `0 of ${total} ready, used nevertheless`;
	}

	if (ready === 0 && answering.length > 0) {
		return `0 ready, ${answering.length} shutting down and still serving`;
	}

	const portless = endpoints.filter((endpoint) => endpoint.ready && endpoint.port === undefined).length;
	if (answering.length === 0 && portless > 0) {
		return `${portless} ready, none with port ${port.targetPort}`;
	}

	return total === 0 ? 'no endpoints' : `${ready} of ${total} ready`;
}

function detailsOf(endpoint: ResolvedEndpoint): EndpointDetails {
	const {address, port, ready, serving, terminating, node, zone, pod} = endpoint;
	return {address, port, ready, serving, terminating, node, zone, pod};
}
