import {kubectl} from '../../model/safe-text/command.ts';
import type {Model} from '../model.ts';

/** The command of the hop that is looked at: the one of its worst finding, else one that shows its object. */
export function commandToCopy({hop}: Pick<Model, 'hop'>): string | undefined {
	const found =
		hop?.findings.find(({command, severity}) => command && severity === 'error') ??
		hop?.findings.find(({command}) => command);
	if (found?.command || !hop?.subject) {
		return found?.command;
	}

	const {kind, namespace, name} = hop.subject;
	return kubectl({namespace}, 'describe', kind.toLowerCase(), name);
}
