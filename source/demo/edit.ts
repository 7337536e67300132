import {list, record, type Wire} from '../projection/wire.ts';
import type {Simulation} from './simulation.ts';
import type {Behaviour} from './turn.ts';
import type {Name} from './world.ts';

/** Replaces fields of an object's spec, as `kubectl patch` would. */
export function patchSpec(
	{world}: Simulation,
	kind: string,
	{name, spec}: {readonly name: Name; readonly spec: Wire},
): void {
	world.edit(kind, name, (object) => ({...object, spec: {...record(object['spec']), ...spec}}));
}

/** Replaces fields of a Service's first port. */
export function patchServicePort({world}: Simulation, name: Name, change: Wire): void {
	world.edit('Service', name, (object) => {
		const spec = record(object['spec']);
		const [first, ...rest] = list(spec['ports']).map(record);
		return {...object, spec: {...spec, ports: [{...first, ...change}, ...rest]}};
	});
}

/** Changes how a workload's containers behave; undefined: well again. */
export function behave(
	{conditions}: Simulation,
	workload: Name,
	behaviour: Pick<Behaviour, 'failure' | 'log'> | undefined,
): void {
	if (behaviour === undefined) {
		conditions.behaviours.delete(workload);
	} else {
		conditions.behaviours.set(workload, {...behaviour, ready: false, crashes: false});
	}
}
