import type {Attachment} from '../../../rules/gateway-api/listeners/attachment.ts';
import type {Candidate} from '../../../rules/gateway-api/candidate.ts';
import {isDropped} from '../../../rules/gateway-api/dropped-rules.ts';
import {parentStatus} from '../../../rules/gateway-api/parent-status.ts';
import {selectRule, type SelectInput, type Selection} from '../../../rules/gateway-api/select.ts';

/** `passed`: a rule that the controller dropped, and that would have taken the request. */
export type Kept = Selection & {readonly passed?: Candidate};

/** The next rule that matches takes the request of a rule that the controller dropped. Without a next, the dropped one is told. */
export function withoutDropped(controllerName: string | undefined, input: SelectInput): Kept {
	const isGone = (candidate: Candidate): boolean => {
		const attachment = attachmentOf(input.attachments, candidate);
		return (
			attachment !== undefined &&
			isDropped(candidate, parentStatus(attachment, controllerName), input.profile)
		);
	};
	const selection = selectRule(input);
	const {winner, losers} = selection;
	const next =
		winner && isGone(winner) ? losers.find((each) => each.matched && !isGone(each.candidate)) : undefined;
	if (!winner || !next) {
		return selection;
	}

	const dropped = {candidate: winner, why: 'dropped by the controller', matched: true};
	return {
		...selection,
		winner: next.candidate,
		losers: [dropped, ...losers.filter((each) => each !== next)],
		passed: winner,
	};
}

/** Of the parentRef by which the rule is on its listener. */
export function attachmentOf(
	attachments: readonly Attachment[],
	{route, listener}: Candidate,
): Attachment | undefined {
	return attachments.find(
		(each) => each.route === route && each.answers.some((answer) => answer.listener.name === listener.name),
	);
}
