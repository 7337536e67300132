import type {LabelSelector} from '../../model/label-selector.ts';
import type {Condition, Labels, Meta} from '../../model/meta.ts';
import type {ObjectRef} from '../../model/ref.ts';
import {keptAnnotations} from '../../projection/meta.ts';
import {list, map, number, object, oneOf, optional, text, type Fields, type Shape} from './shape.ts';

export const labels: Shape<Labels> = map(text);
export const protocol = oneOf('TCP', 'UDP', 'SCTP');

export const meta: Fields<Meta> = {
	namespace: text,
	name: text,
	uid: text,
	resourceVersion: text,
	generation: number,
	labels,
	annotations: (value) => keptAnnotations(labels(value)),
	createdAt: optional(number),
	deletedAt: optional(number),
	owner: optional(object({kind: text, name: text, uid: text})),
};

export const conditions = list(
	object<Condition>({
		type: text,
		status: oneOf('True', 'False', 'Unknown'),
		reason: text,
		message: text,
		observedGeneration: optional(number),
		changedAt: optional(number),
	}),
);

export const selector = object<LabelSelector>({
	matchLabels: labels,
	matchExpressions: list(
		object({key: text, operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist'), values: list(text)}),
	),
});

export const objectRef = object<ObjectRef>({kind: text, namespace: optional(text), name: text});
