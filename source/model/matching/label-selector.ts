import type {Labels} from '../meta.ts';

export type LabelSelector = {
	readonly matchLabels: Labels;
	readonly matchExpressions: readonly LabelRequirement[];
};

type LabelRequirement = {
	readonly key: string;
	readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
	readonly values: readonly string[];
};

/** An empty selector matches everything; an absent one is the caller's case (meta/v1 LabelSelector). */
export function matchesSelector(selector: LabelSelector, labels: Labels): boolean {
	return (
		matchesLabels(selector.matchLabels, labels) &&
		selector.matchExpressions.every((requirement) => matchesRequirement(requirement, labels))
	);
}

/** Whether labels can match where only some are known: what is not known may be as the selector wants it. */
export function mayMatchSelector({matchLabels, matchExpressions}: LabelSelector, known: Labels): boolean {
	return (
		Object.entries(matchLabels).every(([key, value]) => !Object.hasOwn(known, key) || known[key] === value) &&
		matchExpressions.every(
			(requirement) => !Object.hasOwn(known, requirement.key) || matchesRequirement(requirement, known),
		)
	);
}

/** Every wanted pair is there. A Service's `spec.selector` has this form. */
export function matchesLabels(wanted: Labels, labels: Labels): boolean {
	return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

function matchesRequirement({key, ...requirement}: LabelRequirement, labels: Labels): boolean {
	return matchesValue(requirement, Object.hasOwn(labels, key) ? labels[key] : undefined);
}

/** Of a label selector, or of a node affinity, which knows `Gt` and `Lt` as well (component-helpers nodeaffinity). */
export function matchesValue(
	{operator, values}: {readonly operator: string; readonly values: readonly string[]},
	value: string | undefined,
): boolean {
	switch (operator) {
		case 'In':
			return value !== undefined && values.includes(value);
		// An absent key satisfies NotIn (apimachinery labels.Requirement.Matches).
		case 'NotIn':
			return value === undefined || !values.includes(value);
		case 'Exists':
			return value !== undefined;
		case 'DoesNotExist':
			return value === undefined;
		case 'Gt':
			return Number(value) > Number(values[0]);
		case 'Lt':
			return Number(value) < Number(values[0]);
		default:
			return false;
	}
}
