import {factsOf, kindsThat} from '../../model/kinds.ts';

/** Of built-in kinds alone: kubectl refuses the whole command where one kind is not installed. JSON reads ten times faster. */
const plurals = kindsThat(({builtIn, role}) => builtIn && role !== undefined).map(
	(kind) => factsOf(kind).plural,
);

/** How to write a file with every kind that knet reads. */
export const dumpHint = `Give a dump: knet snapshot FILE writes one of every kind. Or: kubectl get ${plurals.join(',')} -A -o json, and the Gateway API kinds.`;
