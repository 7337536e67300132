import {UserError} from '../../errors.ts';
import {dumpHint} from '../../feeds/file/dump-hint.ts';
import type {Fault} from '../../feeds/file/read-documents.ts';

/** Why files hold nothing to look at, and what to give instead. `ignored`: kinds that knet does not read; '' where there is none. */
export function nothingHeld(
	names: readonly string[],
	[fault]: readonly Fault[],
	ignored: ReadonlyMap<string, number>,
): UserError {
	if (fault) {
		return new UserError(fault.text, remedies[fault.is]);
	}

	const named = names.map((name) => (name === '-' ? 'Standard input' : name)).join(', ');
	const kinds = [...ignored.keys()].filter(Boolean);
	const held = ignored.size === 0 ? 'no object' : othersHeld(kinds);
	return new UserError(`${named} ${names.length === 1 ? 'holds' : 'hold'} ${held}.`, instead(kinds));
}

function othersHeld(kinds: readonly string[]): string {
	const more = kinds.length > 3 ? ` and ${kinds.length - 3} other kinds` : '';
	return kinds.length === 0
		? 'no Kubernetes object: nothing in it has a kind'
		: `no object of a kind that knet follows, only ${kinds.slice(0, 3).join(', ')}${more}`;
}

const remedies: Readonly<Record<Fault['is'], string>> = {
	template: 'Give what the tool makes of it: helm template CHART | knet scan -f -.',
	// The parser may notice a fault only some lines below its beginning.
	malformed: 'Mend the file (the fault may begin a little above the line that is named), or give another.',
	'no-text': dumpHint,
};

function instead(kinds: readonly string[]): string {
	if (kinds.includes('Kustomization')) {
		return 'Give what the tool makes of it: kubectl kustomize DIRECTORY | knet scan -f -.';
	}

	return kinds.includes('Config') ? 'A kubeconfig is given with --kubeconfig.' : dumpHint;
}
