import {refText} from '../../../model/ref.ts';
import {compareRanks, rankIfUsed, type Rank} from '../../../rules/rank.ts';
import type {Finding} from '../../finding.ts';
import {statusOf} from '../../hop-status.ts';
import {withoutAnswer} from '../../without-answer.ts';
import {worst} from '../verdict.ts';
import type {Frontend} from './frontend.ts';

/** One controller may have several frontends, such as an Ingress and an IngressRoute: the one whose rule ranks highest takes the request. */
export function withoutLower(frontends: readonly Frontend[]): readonly Frontend[] {
	const groups = Map.groupBy(frontends, (frontend) => keyOf(frontend) ?? frontend);
	return frontends.flatMap((frontend) => {
		const group = groups.get(keyOf(frontend) ?? frontend) ?? [];
		const highest = group.reduce((best, each) =>
			compareRanks(rankOf(each), rankOf(best)) >= 0 ? each : best,
		);
		return frontend === highest ? [told(frontend, group)] : [];
	});
}

/** Undefined: nothing is known of how it ranks. */
function keyOf({controller, rank}: Frontend): string | undefined {
	return controller?.workload && rank ? refText(controller.workload) : undefined;
}

function rankOf({rank = []}: Frontend): Rank {
	return rank;
}

/** The rules of the others lose. What keeps the controller from using them is said beside the rule that takes the request. */
function told(frontend: Frontend, group: readonly Frontend[]): Frontend {
	const others = group.filter((each) => each !== frontend);
	const losers = others.flatMap(({routeHop}) => {
		const rule = routeHop.hop.details?.matched;
		return rule ? [{...rule, why: 'it ranks lower with this controller'}] : [];
	});
	const {hop} = frontend.routeHop;
	const {details} = hop;
	if (losers.length === 0 || !details) {
		return frontend;
	}

	const warnings = others.filter((each) => wouldTake(each, frontend)).flatMap(faultsOf);
	const status = worst([hop.status, statusOf(warnings)]) ?? hop.status;
	return {
		...frontend,
		routeHop: {
			...frontend.routeHop,
			hop: {
				...hop,
				status,
				findings: [...hop.findings, ...warnings],
				details: {...details, losers: [...details.losers, ...losers]},
			},
		},
	};
}

/** Its rule is not used, and would take the request of the other one if it were. */
function wouldTake(frontend: Frontend, other: Frontend): boolean {
	const rank = rankIfUsed(rankOf(frontend));
	return (
		rank !== undefined && rankIfUsed(rankOf(other)) === undefined && compareRanks(rank, rankOf(other)) > 0
	);
}

/** The client gets what the other rule answers. */
function faultsOf({routeHop}: Frontend): readonly Finding[] {
	return routeHop.hop.findings
		.filter(({severity}) => severity === 'error')
		.map(({message, ...fault}) => ({
			...fault,
			message: withoutAnswer(message),
			severity: 'warning',
		}));
}
