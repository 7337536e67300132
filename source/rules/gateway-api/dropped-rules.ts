import type {Candidate} from './candidate.ts';
import type {GatewayProfile} from './profile.ts';
import type {ParentStatus} from './parent-status.ts';

/** `dropped`: as if the rule were not there. `answers-500`: its requests get an error. `served`: the list does not have it. */
type Fate = 'dropped' | 'answers-500' | 'served';

/**
What the controller does with the rule, by PartiallyInvalid (apis/v1 RouteConditionPartiallyInvalid: the message starts with
"Dropped Rule"). Envoy Gateway lists indexes, kgateway gives one in parentheses, and NGINX Gateway Fabric names fields; that one
answers 500 where only filters are wrong. Undefined: nothing is said of the rule.
*/
export function fateOfRule(ruleIndex: number, status: ParentStatus | undefined): Fate | undefined {
	const condition = status?.age === 'fresh' ? status.partiallyInvalid : undefined;
	if (condition?.status !== 'True' || !condition.message.startsWith('Dropped Rule')) {
		return undefined;
	}

	const listed = /^Dropped Rule(?:s|\(s\))?:? *[\[\(](?<indexes>\d[\d ,]*)[\]\)]/v.exec(condition.message)
		?.groups?.['indexes'];
	return listed === undefined
		? fateByField(ruleIndex, condition.message)
		: listed.split(/[ ,]+/v).includes(String(ruleIndex))
			? 'dropped'
			: 'served';
}

function fateByField(ruleIndex: number, message: string): Fate | undefined {
	const own = [...message.matchAll(/spec\.rules\[(?<index>\d+)\](?:\.(?<field>\w+))?/gv)]
		.map(({groups}) => groups ?? {})
		.filter(({index}) => Number(index) === ruleIndex);
	if (own.length === 0) {
		return undefined;
	}

	return own.every(({field}) => field === 'filters') ? 'answers-500' : 'dropped';
}

/** Whether the rule takes no request at all. Where its filters are wrong, some keep it for a 500. */
export function isDropped(
	{ruleIndex, rule}: Candidate,
	status: ParentStatus | undefined,
	{answersForFilters}: Pick<GatewayProfile, 'answersForFilters'>,
): boolean {
	const isAnswered = answersForFilters && rule.filters.length > 0;
	return fateOfRule(ruleIndex, status) === 'dropped' && !isAnswered;
}
