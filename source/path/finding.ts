import {refText, type ObjectRef} from '../model/ref.ts';
import type {CatalogueEntry, Severity} from './catalogue-entry.ts';

/** A field of an object, or an observation, on which a finding rests. */
export type EvidenceField = {
	/** `Kind/namespace/name`, or the vantage of a probe. */
	readonly object: string;
	/** Field path as kubectl writes it: `status.conditions[Ready].reason`. */
	readonly path: string;
	readonly value: string;
};

/** A field of an object, as evidence. */
export function objectField(object: ObjectRef, path: string, value: string): EvidenceField {
	return {object: refText(object), path, value};
}

/** A coded statement about a hop. Made only by `finding()`. */
export type Finding = {
	readonly code: string;
	readonly slug: string;
	readonly severity: Severity;
	/** True for the codes that say "this cannot be decided": the hop is unknown, not broken. */
	readonly undecided?: boolean;
	/** It cannot be decided for want of a list: reading it was refused, or it is still to come. */
	readonly access?: CatalogueEntry['access'];
	/** One sentence a person can act on. */
	readonly message: string;
	readonly evidence: readonly EvidenceField[];
	/** What to create or to edit, where evidence names more: findings about the same have one cause. */
	readonly toFix?: readonly ObjectRef[];
	readonly remedy: string;
	/** A command to run that shows or fixes it; names and namespaces are filled in. */
	readonly command?: string;
	/** Who decided to live with it (`path/ignore.ts`): `--ignore KNET503`. */
	readonly ignored?: string;
};

/** Makes a finding of a catalogue entry, which gives code, slug and severity. */
export function finding(entry: CatalogueEntry, text: FindingText): Finding {
	const undecided = text.undecided ?? (entry.severity === 'unknown' && text.severity === undefined);
	const severity =
		undecided || entry.severity === 'unknown' ? (text.severity ?? 'info') : (text.severity ?? entry.severity);
	return {
		code: entry.code,
		slug: entry.slug,
		severity,
		undecided: undecided || undefined,
		access: entry.access,
		message: text.message,
		evidence: text.evidence,
		toFix: text.toFix,
		remedy: text.remedy,
		command: text.command,
	};
}

/** Where an error holds for a part of the requests, or is not sure. */
export function atMostWarning(found: Finding): Finding {
	return found.severity === 'error' ? {...found, severity: 'warning'} : found;
}

type FindingText = {
	readonly message: string;
	readonly evidence: readonly EvidenceField[];
	readonly toFix?: readonly ObjectRef[];
	readonly remedy: string;
	readonly command?: string;
	/** Where the catalogue's own severity does not fit the situation ("B / W"). */
	readonly severity?: Severity;
	/** The condition of an error or a warning cannot be decided here: the hop is unknown, not broken. */
	readonly undecided?: true;
};
