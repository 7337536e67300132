import {refOf} from '../../../model/ref.ts';
import {kubectl} from '../../../model/safe-text/command.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {ControllerRecord} from '../../../rules/controllers/record/record.ts';
import {controllerRecords} from '../../../rules/controllers/records.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';

/** KNET417: annotations of another controller, which this one does not read. */
export function foreignAnnotations({record, version}: Controller, ingress: Ingress): readonly Finding[] {
	const foreign = controllerRecords
		.filter((other) => other !== record && record.sources.length > 0)
		.flatMap((other) =>
			Object.keys(ingress.annotations)
				.filter((name) => isOf(other, name))
				.filter((name) => !isOf(record, name) || record.ignores?.(name, version) === true)
				.map((name) => ({implementation: other.implementation, name})),
		)
		.filter(({name}, position, all) => all.findIndex((each) => each.name === name) === position);
	const [first] = foreign;
	if (!first) {
		return [];
	}

	const names = foreign.map(({name}) => name);
	return [
		finding(routeFindings.foreignAnnotations, {
			message: `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''} of Ingress ${ingress.name} ${names.length === 1 ? 'has' : 'have'} no effect: ${record.implementation} serves it, not ${first.implementation}.`,
			evidence: names.map((name) =>
				objectField(
					refOf('Ingress', ingress),
					`metadata.annotations[${name}]`,
					ingress.annotations[name] ?? '',
				),
			),
			remedy: `Use the annotations of ${record.implementation}, or remove these.`,
			command: kubectl(ingress, 'get', 'ingress', ingress.name, '-o', 'yaml'),
		}),
	];
}

function isOf({annotations = []}: ControllerRecord, name: string): boolean {
	return annotations.some((prefix) => name.startsWith(prefix));
}
