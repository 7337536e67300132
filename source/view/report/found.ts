import {refText, type ObjectRef} from '../../model/ref.ts';
import type {Finding} from '../../path/finding.ts';
import type {Path} from '../../path/report.ts';

/** What a pipeline does with a path: its exit code in a word. */
export type Outcome = 'passed' | 'failed' | 'undecided' | 'ignored';

/** A path with what was asked for, and what the exit code makes of it. */
export type JudgedPath = Path & {
	readonly target: {readonly text: string; readonly namespace?: string};
	readonly outcome: Outcome;
};

/** Where an object stands in a file that was read with `-f`. Lines count from 1. */
export type FilePosition = {readonly file: string; readonly line: number};
export type PositionOf = (ref: ObjectRef) => FilePosition | undefined;

/** A finding with the object it is about, once for all paths that it is on. */
export type Found = {
	readonly finding: Finding;
	readonly object: string;
	readonly position?: FilePosition;
	readonly titles: readonly string[];
};

/** The findings of all paths, each once; what is told as information alone is left out. */
export function foundIn(paths: readonly Path[], positionOf: PositionOf): readonly Found[] {
	const found = new Map<string, Found>();
	for (const {title, hops} of paths) {
		for (const {subject, findings} of hops) {
			for (const finding of findings.filter(matters)) {
				const [first] = finding.evidence;
				const object = subject ? refText(subject) : (first?.object ?? '');
				const key = `${finding.code} ${object} ${finding.message}`;
				const titles = [...(found.get(key)?.titles ?? []), title];
				found.set(key, {
					finding,
					object,
					position: positionIn(finding, subject, positionOf),
					titles: [...new Set(titles)],
				});
			}
		}
	}

	return [...found.values()];
}

function matters({severity, undecided}: Finding): boolean {
	return severity !== 'info' || undecided === true;
}

/** The first object that stands in a file: evidence names what has to change, the subject where traffic stops. */
function positionIn(
	{evidence}: Finding,
	subject: ObjectRef | undefined,
	positionOf: PositionOf,
): FilePosition | undefined {
	const named = evidence.map(({object}) => {
		const [kind = '', ...names] = object.split('/');
		return {kind, name: names.at(-1) ?? '', namespace: names.length > 1 ? names[0] : undefined};
	});
	return [...named, ...(subject ? [subject] : [])].map(positionOf).find((position) => position !== undefined);
}
