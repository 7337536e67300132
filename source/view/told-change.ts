import type {FieldChange} from '../history/change.ts';
import type {Who} from '../history/who.ts';
import type {ToldChange} from '../session/state.ts';
import type {Glyphs} from './text/glyphs.ts';
import {refName} from './text/words.ts';

/** `image v41 → v42`; of a long path its end, which people know it by. */
export function fieldText({path, was, is}: FieldChange, {arrow}: Pick<Glyphs, 'arrow'>): string {
	return `${path} ${was ?? 'none'} ${arrow} ${is ?? 'none'}`;
}

const writtenByControllers = ['EndpointSlice', 'Pod', 'ReplicaSet'];
/** Managers that are no person's, nor a tool's. */
const components = ['kube-controller-manager', 'kube-scheduler', 'kubelet', 'k3s', 'Go-http-client'];
const progress = /^(?:ready|updated)Replicas$/u;

/** Whether a change follows from one elsewhere: a controller wrote it, or tells there how far it is. */
export function isConsequence({object, fields, who}: ToldChange): boolean {
	return (
		(writtenByControllers.includes(object.kind) && (!who || components.includes(who.manager))) ||
		(fields.length > 0 && fields.every(({path}) => progress.test(path)))
	);
}

/** When it was made, where its manager says so; else when it was seen. Milliseconds. */
export function toldAt({at, who}: ToldChange): number {
	return who?.at ?? at;
}

/** `by helm`; of those who take each other's changes back all. */
export function whoText({manager, against = []}: Who): string {
	return `by ${[manager, ...against].join(' and ')}`;
}

function timesText(turns: ToldChange['turns']): string {
	return turns ? `, ${turns.times} times` : '';
}

/** A condition is known by its type: in one line its value would be cut off behind the way to it. */
function shortened(field: FieldChange): FieldChange {
	return {...field, path: field.path.replace(/^.*\bconditions\[([^\]]+)\]$/u, '$1')};
}

type ChangeWords = {
	readonly kind: string;
	readonly name: string;
	/** Of several fields the first. */
	readonly what: string;
	/** How many further fields there are. */
	readonly more: number;
};

/** What happened to an object; `namespace`: the one that goes without saying. */
export function changeWords(
	{object, type, fields, turns}: ToldChange,
	glyphs: Glyphs,
	namespace?: string,
): ChangeWords {
	// What was wanted is said before how far it is.
	const [first, ...others] = fields.toSorted(
		(a, b) => Number(progress.test(a.path)) - Number(progress.test(b.path)),
	);
	return {
		kind: object.kind,
		name: object.namespace === namespace ? object.name : refName(object),
		what: first
			? `${fieldText(shortened(first), turns ? {arrow: glyphs.turns} : glyphs)}${timesText(turns)}`
			: type,
		more: others.length,
	};
}

/** The same in one line: `Deployment api  image v41 → v42`. */
export function changeText(change: ToldChange, glyphs: Glyphs, namespace?: string): string {
	const {kind, name, what, more} = changeWords(change, glyphs, namespace);
	return `${kind} ${name}  ${what}${more > 0 ? `, ${more} more` : ''}`;
}
