import {kubectl} from './command.ts';
import {factsOf, kindsThat} from '../kinds.ts';

/** Only for built-in kinds: kubectl refuses the whole command where one kind is not installed. */
const plurals = kindsThat(({builtIn, role}) => builtIn && role !== undefined).map(
	(kind) => factsOf(kind).plural,
);

/** Writes objects of all kinds that most answers rest on. JSON reads ten times faster than YAML. */
export const dumpCommand = kubectl({}, 'get', plurals.join(','), '-A', '-o', 'json');
