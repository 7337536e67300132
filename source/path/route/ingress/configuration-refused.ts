import {kubectl} from '../../../model/safe-text/command.ts';
import {refOf} from '../../../model/ref.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import {atMostWarning, type Finding, finding, objectField} from '../../finding.ts';
import {statusOf} from '../../hop-status.ts';
import {routeFindings} from '../catalogue.ts';
import type {Asked, IngressRouteEvaluation} from './route-evaluation.ts';

/** KNET431: the proxy keeps the configuration that it had: what the client gets is not known, and no other finding is sure. */
export function unlessRefused(input: Asked, evaluation: IngressRouteEvaluation): IngressRouteEvaluation {
	const refused = refusedFinding(input);
	if (!refused) {
		return evaluation;
	}

	const findings = [refused, ...evaluation.hop.findings.map(atMostWarning)];
	return {...evaluation, hop: {...evaluation.hop, findings, status: statusOf(findings)}, stop: undefined};
}

function refusedFinding({controller, ingresses}: Asked): Finding | undefined {
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
