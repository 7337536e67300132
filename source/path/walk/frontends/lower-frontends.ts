import {refText} from '../../../model/ref.ts';
import type {Frontend} from './frontend.ts';

/** One controller may have several frontends, such as an Ingress and an IngressRoute: the one whose rule ranks highest takes the request. */
export function withoutLower(frontends: readonly Frontend[]): readonly Frontend[] {
	const groups = Map.groupBy(frontends, (frontend) => keyOf(frontend) ?? frontend);
	return frontends.flatMap((frontend) => {
		const group = groups.get(keyOf(frontend) ?? frontend) ?? [];
		const highest = group.reduce((best, each) => (compareRanks(each, best) >= 0 ? each : best));
		return frontend === highest ? [told(frontend, group)] : [];
	});
}

/** Undefined: nothing is known of how it ranks. */
function keyOf({controller, rank}: Frontend): string | undefined {
	return controller?.workload && rank ? refText(controller.workload) : undefined;
}

function compareRanks({rank: a = []}: Frontend, {rank: b = []}: Frontend): number {
	return a.reduce((order, number, index) => order || number - (b[index] ?? 0), 0);
}

/** The rules of the others lose. */
function told(frontend: Frontend, group: readonly Frontend[]): Frontend {
	const losers = group.flatMap((each) => {
		const rule = each === frontend ? undefined : each.routeHop.hop.details?.matched;
		return rule ? [{...rule, why: 'it ranks lower with this controller'}] : [];
	});
	const {hop} = frontend.routeHop;
	const {details} = hop;
	return losers.length === 0 || !details
		? frontend
		: {
				...frontend,
				routeHop: {
					...frontend.routeHop,
					hop: {...hop, details: {...details, losers: [...details.losers, ...losers]}},
				},
			};
}
