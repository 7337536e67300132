import {kubectl} from '../../../model/safe-text/command.ts';
import {refOf} from '../../../model/ref.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import {type Finding, finding, objectField} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import type {Asked} from './route-evaluation.ts';

/** KNET431. */
export function configurationRefused({controller, ingresses}: Asked): Finding | undefined {
	const refused = ingressSide(controller).refusedConfiguration?.(ingresses);
	if (!refused) {
		return undefined;
	}

	const {ingress, field, value, why} = refused;
	return finding(routeFindings.gatewayRoutesRefused, {
		message: `Ingress ${ingress.namespace}/${ingress.name} keeps ${controller.implementation} from all changes: ${why}.`,
		evidence: [objectField(refOf('Ingress', ingress), field, value)],
		remedy: `Change ${field} of Ingress ${ingress.name}.`,
		command: kubectl(ingress, 'get', 'ingress', ingress.name, '-o', 'yaml'),
	});
}
