import {kubectl} from '../../model/safe-text/command.ts';
import type {ServicePort} from '../../model/services/service.ts';
import type {RouterProtocol} from '../../rules/routers/backends.ts';
import type {StopReason} from '../../rules/stop.ts';
import {type EvidenceField, type Finding, finding} from '../finding.ts';
import {mayLackHttp2, protocolName, protocolsDiffer, type Said} from '../port-speaks.ts';
import {routeFindings} from './catalogue.ts';

/** A controller that connects to a port of a Service, and the rule that makes it do so. */
export type PortClient = {
	readonly implementation: string;
	readonly service: {readonly namespace: string; readonly name: string};
	readonly port: ServicePort | undefined;
	readonly spoken: RouterProtocol;
	readonly said: Said | undefined;
	/** Requests still go elsewhere. */
	readonly isPart: boolean;
	readonly rule: EvidenceField;
	/** Shows the object of the rule. */
	readonly command: string;
	readonly mend: string;
	/** The remedy where the certificate of the backend is not trusted, and evidence beside the rule. */
	readonly trust: {readonly remedy: string; readonly evidence?: readonly EvidenceField[]};
};

export type ProtocolProblem = {readonly finding: Finding; readonly stop: StopReason};

/** KNET418 and KNET420: the controller speaks another protocol than the port, or does not trust its certificate. */
export function protocolProblem(client: PortClient): ProtocolProblem | undefined {
	const {spoken, said, port} = client;
	if (said && protocolsDiffer(spoken, said)) {
		return {finding: differs(client, said), stop: stopOf(spoken, said)};
	}

	if (spoken.distrusts) {
		return {finding: distrusted(client), stop: 'backend-tls'};
	}

	return mayLackHttp2(spoken, said, port) ? {finding: perhapsHttp1(client, said), stop: 'nobody'} : undefined;
}

/** What a TLS port answers to plain text depends on the program behind it. */
function stopOf(spoken: RouterProtocol, said: Said): StopReason {
	return !spoken.tls || said.tls ? 'nobody' : spoken.isPassedOn ? 'tls-error' : 'backend-tls';
}

function differs(
	{implementation, service, spoken, rule, command, mend, isPart}: PortClient,
	said: Said,
): Finding {
	const who = spoken.isPassedOn
		? `${implementation} passes TLS on`
		: `${implementation} speaks ${protocolName(spoken)}`;
	return finding(routeFindings.backendProtocolDiffers, {
		message: `${who} to Service ${service.name}, and its port speaks ${protocolName(said)}.`,
		evidence: [said.by, rule],
		remedy: mend,
		command,
		severity: said.isCertain && !isPart ? 'error' : 'warning',
	});
}

/** Whatever the port speaks, the handshake with it fails. */
function distrusted({implementation, service, rule, trust: {remedy, evidence = []}}: PortClient): Finding {
	return finding(routeFindings.backendCertificateDistrusted, {
		message: `${implementation} speaks TLS to Service ${service.name} and verifies the certificate against the pod's address, which it does not name.`,
		evidence: [...evidence, rule],
		remedy,
		command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
	});
}

function perhapsHttp1({implementation, service, spoken, rule, command}: PortClient, said: Said): Finding {
	return finding(routeFindings.backendProtocolDiffers, {
		undecided: true,
		message: `${implementation} speaks HTTP/2 to Service ${service.name}, by ${spoken.setBy}, but probes of its port use HTTP/1.1.`,
		evidence: [said.by, rule],
		remedy: `See whether the program behind the port speaks HTTP/2 without TLS; else change ${spoken.setBy}.`,
		command,
	});
}
