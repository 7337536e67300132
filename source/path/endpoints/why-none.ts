import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import type {Finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {elsewhere} from './elsewhere.ts';
import {slicesInferred} from './inferred-slices.ts';
import {missingFamily, podsLackFamily} from './missing-family.ts';
import {namedPort} from './named-port.ts';
import {noPods} from './no-pods.ts';
import {notApplied} from './not-applied.ts';
import {nobodysAddress, nobodysAddresses} from './nobodys-address.ts';
import {noneReady, noneReadyButUsed, someNotReady} from './not-ready.ts';
import {notSaidYet} from './not-said-yet.ts';
import {numericPort} from './numeric-port.ts';
import {onlyTerminating} from './only-terminating.ts';
import {wasRefused} from './refused-probe.ts';
import {notReadyPublished, singleEndpoint} from './side-findings.ts';
import {selectorless} from './selectorless.ts';
import {slicesMissing} from './slices-missing.ts';
import {subsetEmpty, subsetNotKnown} from './subset-empty.ts';
import {spansWorkloads} from './spans-workloads.ts';
import {driftOf, staleSlices, type SliceDrift} from './stale-slices.ts';
import type {EndpointsView} from './view.ts';

/**
All that is to be said at the endpoints hop. At most one finding is an error: the one whose fix fixes the hop, so that the
root cause of the path is found in one place.
*/
export function endpointsFindings(hopContext: HopContext, view: EndpointsView): readonly Finding[] {
	// Slices are of the whole Service: a subset of its pods says nothing of them.
	const drift = view.subset ? undefined : driftOf(hopContext.snapshot, view);
	const findings =
		view.answering.length === 0 ? whyNone(hopContext, view, drift) : whatElse(hopContext, view, drift);
	const inferred = slicesInferred(view);
	return [...findings, notReadyPublished(view), singleEndpoint(view), inferred].filter(
		(item) => item !== undefined,
	);
}

type Found = readonly (Finding | undefined)[];

/** Nothing takes traffic: the first reason that explains it all, then what would come next. */
function whyNone(hopContext: HopContext, view: EndpointsView, drift: SliceDrift | undefined): Found {
	const {snapshot} = hopContext;
	const {service, pods} = view;
	const outside = view.subset ? undefined : elsewhere(hopContext, service);
	if (outside) {
		return [outside];
	}

	if (!service.selector) {
		return [selectorless(view) ?? namedPort(view) ?? missingFamily(view) ?? noneReady(view, snapshot)];
	}

	if (view.lost) {
		return [missingFamily(view) ?? noneReady(view, snapshot)];
	}

	if (!pods) {
		return whyWithoutPods(snapshot, view);
	}

	if (pods.length === 0) {
		return [subsetEmpty(view) ?? noPods(hopContext, service)];
	}

	const primary = reasonOf(view, snapshot, drift);
	const named = namedPort(view);
	return primary || named?.severity === 'error'
		? [primary ?? named]
		: [noneReady(view, snapshot), named, onlyTerminating(view, snapshot)];
}

function reasonOf(view: EndpointsView, {now}: Snapshot, drift: SliceDrift | undefined): Finding | undefined {
	return (
		notApplied(view) ??
		podsLackFamily(view) ??
		slicesMissing(view, now) ??
		missingFamily(view) ??
		(drift && overlooked(view, drift))
	);
}

/** What the slices say where pods may not be listed. */
function whyWithoutPods(snapshot: Snapshot, view: EndpointsView): Found {
	const {namespace} = view.service;
	const state = snapshot.state('Pod', namespace);
	const access = isKnown(state) ? undefined : accessFinding('Pod', namespace, state);
	return [missingFamily(view) ?? readyWithoutPort(view) ?? noneReady(view, snapshot), access];
}

/** The slices alone say so: addresses are ready, and a port of that name is none of theirs. */
function readyWithoutPort(view: EndpointsView): Finding | undefined {
	return view.endpoints.some(({ready, port}) => ready && port === undefined) ? namedPort(view) : undefined;
}

/** Ready pods that nobody wrote down: the slices are the fault, not the pods. */
function overlooked(view: EndpointsView, drift: SliceDrift): Finding | undefined {
	return drift.lacking.length > 0 ? staleSlices(view, drift, true) : undefined;
}

/** Something takes traffic: what is amiss beside it. */
function whatElse(hopContext: HopContext, view: EndpointsView, drift: SliceDrift | undefined): Found {
	const {snapshot} = hopContext;
	const isAllGone = drift !== undefined && isNobodyThere(view, drift);
	return [
		drift && staleSlices(view, drift, isAllGone),
		noneReadyButUsed(view),
		someNotReady(view, snapshot.now),
		drift && drift.lacking.length > 0 ? undefined : notSaidYet(view),
		namedPort(view),
		onlyTerminating(view, snapshot),
		nobodysAddress(view, nobodysAddresses(hopContext, view)),
		missingFamily(view),
		numericPort(view, wasRefused(snapshot, view.endpoints, view.port.protocol)),
		spansWorkloads(snapshot, view),
		subsetNotKnown(snapshot, view),
	];
}

/** Every address that gets traffic belongs to no pod any more. */
function isNobodyThere({answering}: EndpointsView, {gone}: SliceDrift): boolean {
	const addresses = new Set(gone.map(({addresses: [address]}) => address));
	return answering.every(({address}) => addresses.has(address));
}
