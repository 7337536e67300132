import {factsOf, type Kind} from '../model/kinds.ts';
import {humanDuration} from '../model/matching/duration.ts';

/** `1 pod`, `3 pods`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
	return `${number} ${number === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and 4 more`: a list that stays readable however long it is. */
export function namesOf(names: readonly string[]): string {
	if (names.length <= 2) {
		return names.join(' and ');
	}

	return names.length === 3
		? `${names[0]}, ${names[1]} and ${names[2]}`
		: `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}

/** `app=web,tier=front`, as kubectl writes selectors. */
export function labelsText(labels: Readonly<Record<string, string>>, separator = ','): string {
	return Object.entries(labels)
		.map(([key, value]) => `${key}=${value}`)
		.join(separator);
}

/** What somebody else wrote, in quotation marks and without its last full stop. */
export function quoted(text: string): string {
	return `"${text.trim().replace(/\.+$/u, '')}"`;
}

/** As the first word of a sentence. */
export function capital(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A moment as objects have it (RFC 3339, to the second). */
export function instant(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace(/\.000Z$/, 'Z');
}

const minute = 60_000;

/**
A span of time as kubectl prints ages, never negative: clocks differ. From a minute on in whole minutes: a message that
counts seconds is another one each time.
*/
export function steadyDuration(milliseconds: number): string {
	const whole = milliseconds < minute ? Math.max(0, milliseconds) : milliseconds - (milliseconds % minute);
	return whole === minute ? '1m' : humanDuration(whole);
}

/** The API's name of a kind, with its project where two APIs use the name: `Calico NetworkPolicy`. */
export function kindText(kind: Kind): string {
	const {apiKind} = factsOf(kind);
	return apiKind ? `${kind.slice(0, -apiKind.length)} ${apiKind}` : kind;
}
