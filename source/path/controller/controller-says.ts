import {kubectl} from '../../model/safe-text/command.ts';
import type {EventObject} from '../../model/workloads/event-object.ts';
import type {Gateway} from '../../model/routes/gateway.ts';
import type {Ingress} from '../../model/routes/ingress.ts';
import {findCondition} from '../../model/meta.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Controller} from '../../rules/controllers/record/controller.ts';
import {eventField, eventText} from '../event-field.ts';
import {type Finding, finding} from '../finding.ts';
import type {Severity} from '../catalogue-entry.ts';
import {controllerFindings} from './catalogue.ts';
import {quoted} from '../words.ts';

/** KNET310 for an Ingress: what the controller refused was not made, else what it made before still serves. */
export function controllerSays(
	snapshot: Snapshot,
	{record}: Controller,
	ingress: Ingress,
): readonly Finding[] {
	const {refusals = [], refusalEnds = []} = record.ingress ?? {};
	return warningEvent(snapshot, refOf('Ingress', ingress), ({reason}) =>
		refusals.includes(reason)
			? ingress.addresses.length === 0 || refusalEnds.includes(reason)
				? 'error'
				: 'warning'
			: 'info',
	);
}

/** KNET310 for a Gateway: some controllers leave its conditions Unknown and say in Events alone what they refuse. */
export function gatewaySays(snapshot: Snapshot, {record}: Controller, gateway: Gateway): readonly Finding[] {
	const isMade = findCondition(gateway.conditions, 'Programmed')?.status === 'True';
	return warningEvent(snapshot, refOf('Gateway', gateway), ({reason}) =>
		record.gateway?.refusals?.includes(reason) ? (isMade ? 'warning' : 'error') : 'info',
	);
}

/** The newest Warning Event of an object, unless a Normal one is newer. */
export function warningEvent(
	snapshot: Snapshot,
	object: ObjectRef,
	severityOf: (event: EventObject) => Severity,
): readonly Finding[] {
	const {kind, namespace = '', name} = object;
	const events = snapshot.eventsOf(kind, namespace, name);
	const warning = events.findLast(({type}) => type === 'Warning');
	const success = events.findLast(({type}) => type === 'Normal');
	return !warning || (success && success.at > warning.at)
		? []
		: [
				finding(controllerFindings.controllerSays, {
					message: `${warning.reason} (Event of ${kind} ${namespace}/${name}): ${quoted(eventText(warning))}.`,
					evidence: [eventField(warning)],
					remedy: 'Correct what the Event names; the controller then tries again.',
					command: kubectl({namespace}, 'describe', kind.toLowerCase(), name),
					severity: severityOf(warning),
				}),
			];
}
