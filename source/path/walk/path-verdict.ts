import type {Path} from '../report.ts';
import type {HopEvaluation} from '../hop-evaluator.ts';
import type {HopKind} from '../hop-kind.ts';
import {symptomOf} from '../symptom.ts';
import {rootCause, stopsAt} from './root-cause.ts';
import {verdictOf} from './verdict.ts';
import type {IpFamily} from '../../model/services/service.ts';
import type {Symptom} from '../../rules/stop.ts';
import type {Controller} from '../../rules/controllers/record/controller.ts';

/** The hops of one path in order, and who has the client's connection. */
export type Walked = {
	readonly title: string;
	readonly hops: readonly HopEvaluation<HopKind>[];
	readonly controller?: Controller;
	/** The rule tells the controller to send to the Service's address. */
	readonly throughProxy?: boolean;
	readonly share?: number;
	readonly family?: IpFamily;
};

/** Names the hop that stops the request, what the client sees there, and why. */
export function judge({title, hops, share, family, ...frontend}: Walked): Path {
	const first = stopsAt(hops);
	const walked = hops.map(({hop}) => hop);
	return {
		title,
		verdict: verdictOf(walked),
		brokenAt: first?.hop.kind,
		symptom: first && symptomAt(first, hops, frontend),
		rootCause: first && rootCause(walked, first.hop),
		share: share === 1 ? undefined : share,
		family,
		hops: walked,
	};
}

function symptomAt(
	first: HopEvaluation<HopKind>,
	hops: readonly HopEvaluation<HopKind>[],
	{controller, throughProxy}: Pick<Walked, 'controller' | 'throughProxy'>,
): Symptom | undefined {
	// Endpoints that are merely absent leave the answer to kube-proxy, which knows whether it refuses or drops: unless a
	// controller looks at endpoints itself.
	const proxy = hops.find(({hop}) => hop.kind === 'kube-proxy');
	const isProxied = !controller || throughProxy || controller.bypassesProxy === false;
	const isLeft = first.hop.kind === 'endpoints' && isProxied;
	const stop = isLeft ? (proxy?.stop ?? first.stop) : first.stop;
	const isUnknown = isLeft && stop !== 'nxdomain' && proxy?.isStopUnknown;
	return stop && !isUnknown ? symptomOf(stop, first.hop.kind, controller) : undefined;
}
