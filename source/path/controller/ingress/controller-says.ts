import {kubectl} from '../../../model/command.ts';
import type {EventObject} from '../../../model/event-object.ts';
import type {Ingress} from '../../../model/ingress.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Controller} from '../../../rules/controllers/controller.ts';
import {eventField} from '../../event-field.ts';
import {type Finding, finding, type Severity} from '../../finding.ts';
import {controllerFindings} from '../catalogue.ts';

/** KNET310: the newest Warning Event of an Ingress, unless a Normal one of the same writer is newer. */
export function controllerSays(
	snapshot: Snapshot,
	controller: Controller,
	ingress: Ingress,
): readonly Finding[] {
	const events = snapshot.eventsOf('Ingress', ingress.namespace, ingress.name);
	const warning = events.findLast(({type}) => type === 'Warning');
	const success = events.findLast(({type}) => type === 'Normal');
	if (!warning || (success && success.at > warning.at)) {
		return [];
	}

	return [
		finding(controllerFindings.controllerSays, {
			message: `${warning.reason} (Event of Ingress ${ingress.namespace}/${ingress.name}): ${warning.message.trim()}`,
			evidence: [eventField(warning)],
			remedy: 'Mend what the Event names; the controller then tries again.',
			command: kubectl(ingress, 'describe', 'ingress', ingress.name),
			severity: severityOf(controller, warning, ingress),
		}),
	];
}

/** What the controller refused was not made: broken without an address, else what it made before still serves. */
function severityOf({record}: Controller, {reason}: EventObject, {addresses}: Ingress): Severity {
	const {refusals = [], refusalEnds = []} = record.ingress ?? {};
	if (!refusals.includes(reason)) {
		return 'info';
	}

	return addresses.length === 0 || refusalEnds.includes(reason) ? 'error' : 'warning';
}
