import {kubectl} from '../../model/safe-text/command.ts';
import {refOf} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import type {NothingSent} from '../../rules/controllers/record/nothing-sent.ts';
import {finding, objectField, type Finding} from '../finding.ts';
import {endpointsFindings} from './catalogue.ts';

/** KNET529: the Service is well, and the controller in front still has nothing to send to. */
export function nothingSent(
	service: Service,
	{
		by,
		why,
		object = refOf('Service', service),
		field,
		value,
		remedy,
		isOpen,
	}: NothingSent & {readonly by: string},
): Finding {
	return finding(endpointsFindings.nothingSent, {
		undecided: isOpen || undefined,
		message: `${by} sends nothing to Service ${service.name}: ${why}.`,
		evidence: [objectField(object, field, value)],
		remedy,
		command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
	});
}
