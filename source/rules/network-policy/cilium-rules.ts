import type {CiliumRule} from '../../model/policies/network-policy.ts';
import type {ObjectRef} from '../../model/ref.ts';
import {matchCiliumRule, type CiliumQuestion} from './cilium-peer.ts';
import type {Decision} from './decide.ts';
import {enforcerOf} from './enforcer.ts';
import {policiesOf} from './foreign.ts';

/**
What is certain beside policies of Cilium. A rule that denies goes before all others; what a rule admits is admitted, whatever the rest
says; and a pod that one of them selects is isolated, as by a NetworkPolicy (docs, policy enforcement modes, deny policies). Undefined:
not certain.
*/
export function decideByCilium(question: CiliumQuestion, decision: Decision): Decision | undefined {
	const {snapshot, direction, subject} = question;
	const selected = policiesOf('Cilium', snapshot, subject, direction);
	const isRead = selected.length > 0 && selected.every(({policy}) => policy.cilium !== undefined);
	if (!isRead || enforcerOf(snapshot, snapshot.version).enforces !== true) {
		return undefined;
	}

	const denying = meaning(selected, question, true);
	if (denying.sure.length > 0) {
		return {verdict: 'denied', isolated: true, by: denying.sure, byRule: true};
	}

	const admitting = meaning(selected, question, false);
	if (!denying.isOpen && decision.verdict === 'allowed' && decision.isolated) {
		return decision;
	}

	if (!denying.isOpen && admitting.sure.length > 0) {
		return {verdict: 'allowed', isolated: true, by: admitting.sure};
	}

	return denying.isOpen || admitting.isOpen ? undefined : byDefault(selected, question, decision);
}

type Selected = ReturnType<typeof policiesOf>;

/** The policies with a rule that means the connection; `isOpen`: that there may be another. */
function meaning(
	selected: Selected,
	question: CiliumQuestion,
	isDeny: boolean,
): {readonly sure: readonly ObjectRef[]; readonly isOpen: boolean} {
	const each = selected.map(({policy, ref, isSure}) => {
		const answers = (policy.cilium?.rules ?? [])
			.filter((rule) => rule.direction === question.direction && rule.isDeny === isDeny)
			.map((rule) => answerOf(rule, question));
		return {
			ref,
			isMeant: isSure && answers.includes('yes'),
			isOpen: answers.some((answer) => answer !== 'no'),
		};
	});
	return {
		sure: each.filter(({isMeant}) => isMeant).map(({ref}) => ref),
		isOpen: each.some(({isMeant, isOpen}) => !isMeant && isOpen),
	};
}

/** What is looked into may be refused after all. */
function answerOf(rule: CiliumRule, question: CiliumQuestion): ReturnType<typeof matchCiliumRule> {
	const answer = matchCiliumRule(rule, question);
	return answer === 'yes' && rule.isInspected && !rule.isDeny ? 'unknown' : answer;
}

/** No rule means the connection. */
function byDefault(
	selected: Selected,
	{direction}: CiliumQuestion,
	decision: Decision,
): Decision | undefined {
	const closing = selected.filter(({policy}) => !policy.cilium?.open.includes(direction));
	const by = closing.filter(({isSure}) => isSure).map(({ref}) => ref);
	if (decision.verdict !== 'allowed') {
		return decision.verdict === 'denied' ? {...decision, by: [...decision.by, ...by]} : undefined;
	}

	return by.length > 0 ? {verdict: 'denied', isolated: true, by} : closing.length > 0 ? undefined : decision;
}
