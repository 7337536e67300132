import {kubectl} from '../../../model/safe-text/command.ts';
import type {Service} from '../../../model/services/service.ts';
import {lookup} from '../../../model/snapshot.ts';
import {portOf} from '../../../rules/controllers/record/backend-state.ts';
import type {SpokenProtocol} from '../../../rules/controllers/record/ingress-side.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import {type Finding, finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import type {BackendProblem} from './backend-findings.ts';
import {mayLackHttp2, protocolName, protocolsDiffer, saidOf, type Said} from '../../port-speaks.ts';
import {ruleEvidence} from './rule-text.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';
import type {Decided} from '../../../rules/controllers/decided.ts';

/** KNET418: the controller speaks another protocol than the port behind the rule. */
export function backendProtocol(
	{snapshot, controller, ingresses, request: {scheme}}: DecideInput,
	{stateOf}: Pick<Decided, 'stateOf'>,
	rule: RuleRef,
): readonly BackendProblem[] {
	const {ingress, backend} = rule;
	const side = ingressSide(controller);
	if (backend.type !== 'service' || !side.speaks) {
		return [];
	}

	const found = lookup(snapshot, 'Service', ingress.namespace, backend.name);
	const service = 'found' in found ? found.found : undefined;
	const port = service && portOf(side, service, backend.port);
	const said = service && saidOf(snapshot, service, port);
	const spoken =
		service && side.speaks({scheme, rule, ingress, ingresses, stateOf, service, port}, controller.flags);
	if (!service || !spoken) {
		return [];
	}

	const {implementation} = controller;
	if (said && protocolsDiffer(spoken, said)) {
		// What a TLS port answers to plain text depends on the program behind it.
		const stop = spoken.tls && !said.tls ? 'backend-tls' : 'nobody';
		return [{finding: differs(implementation, {rule, service, said, spoken}), stop}];
	}

	if (spoken.distrusts) {
		const distrust = {rule, service, said, annotation: spoken.distrusts};
		return [{finding: distrusted(implementation, distrust), stop: 'backend-tls'}];
	}

	return mayLackHttp2(spoken, said, port)
		? [{finding: perhapsHttp1(implementation, {rule, service, said, spoken}), stop: 'nobody'}]
		: [];
}

type Distrusted = Pick<Different, 'rule' | 'service'> & {
	readonly said: Said | undefined;
	readonly annotation: string;
};

/** KNET420: whatever the port speaks, the handshake with it fails. */
function distrusted(implementation: string, {rule, service, said, annotation}: Distrusted): Finding {
	return finding(routeFindings.backendCertificateDistrusted, {
		message: `${implementation} speaks TLS to Service ${service.name} and verifies the certificate against the pod's address, which it does not name.`,
		evidence: [...(said ? [said.by] : []), ruleEvidence(rule)],
		remedy: `Name a ServersTransport (serverName and rootCAs, or insecureSkipVerify) in annotation ${annotation} of Service ${service.name}.`,
		command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
	});
}

type Different = {
	readonly rule: RuleRef;
	readonly service: Service;
	readonly said: Said;
	readonly spoken: SpokenProtocol;
};

function differs(implementation: string, {rule, service, said, spoken}: Different): Finding {
	return finding(routeFindings.backendProtocolDiffers, {
		message: `${implementation} speaks ${protocolName(spoken)} to Service ${service.name}, and its port speaks ${protocolName(said)}.`,
		evidence: [said.by, ruleEvidence(rule)],
		remedy: `Set ${spoken.setBy}, so that it says what the port speaks.`,
		command: kubectl(rule.ingress, 'get', 'ingress', rule.ingress.name, '-o', 'yaml'),
		severity: said.isCertain ? 'error' : 'warning',
	});
}

function perhapsHttp1(implementation: string, {rule, service, said, spoken}: Different): Finding {
	return finding(routeFindings.backendProtocolDiffers, {
		undecided: true,
		message: `${implementation} speaks HTTP/2 to Service ${service.name}, by ${spoken.setBy}, but probes of its port use HTTP/1.1.`,
		evidence: [said.by, ruleEvidence(rule)],
		remedy: `See whether the program behind the port speaks HTTP/2 without TLS; else change ${spoken.setBy}.`,
		command: kubectl(rule.ingress, 'get', 'ingress', rule.ingress.name, '-o', 'yaml'),
	});
}
