import {kubectl} from '../../../model/safe-text/command.ts';
import {lookup} from '../../../model/snapshot.ts';
import type {RouterBackend, RouterProtocol} from '../../../rules/routers/backends.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {finding, type Finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import {mayLackHttp2, protocolName, protocolsDiffer, saidOf, type Said} from '../../port-speaks.ts';
import type {BrokenBackend} from './backend-findings.ts';
import {describe, ruleEvidence} from './rule-text.ts';

type ProtocolProblem = {readonly finding: Finding; readonly stop: StopReason};

/** KNET418 and KNET420: the controller speaks another protocol than the port of a backend, or does not trust its certificate. */
export function routerProtocols(
	sent: Omit<BrokenBackend, 'backend' | 'isPart'>,
	live: readonly RouterBackend[],
): readonly ProtocolProblem[] {
	const usable = live.filter(({problem}) => !problem);
	const problems = (isPart: boolean) =>
		usable.map((backend) => problemOf({...sent, backend, isPart})).filter((problem) => problem !== undefined);
	const all = problems(false);
	return all.length < usable.length ? problems(true) : all;
}

function problemOf(sent: BrokenBackend): ProtocolProblem | undefined {
	const {spoken} = sent.backend;
	const said = portSays(sent);
	if (!spoken) {
		return undefined;
	}

	return said && protocolsDiffer(spoken, said)
		? {finding: differs(sent, spoken, said), stop: stopOf(spoken, said)}
		: spoken.distrusts
			? {finding: distrusted(sent, spoken.distrusts), stop: 'backend-tls'}
			: said && mayLackHttp2(spoken, said, portOf(sent))
				? {finding: perhapsHttp1(sent, spoken, said), stop: 'nobody'}
				: undefined;
}

function portSays(sent: BrokenBackend): Said | undefined {
	const {snapshot, backend} = sent;
	const found = lookup(snapshot, 'Service', backend.namespace, backend.name);
	return 'found' in found ? saidOf(snapshot, found.found, portOf(sent)) : undefined;
}

function portOf({snapshot, backend: {namespace, name, servicePort}}: BrokenBackend) {
	const ports = snapshot.get('Service', namespace, name)?.ports ?? [];
	return ports.find(
		(port) => port.port === servicePort?.number && (port.name || undefined) === servicePort.name,
	);
}

/** What a TLS port answers to plain text depends on the program behind it. */
function stopOf(spoken: RouterProtocol, said: Said): StopReason {
	return !spoken.tls || said.tls ? 'nobody' : spoken.isPassedOn ? 'tls-error' : 'backend-tls';
}

function differs(sent: BrokenBackend, spoken: RouterProtocol, said: Said): Finding {
	const {controller, rule, backend, isPart} = sent;
	const who = spoken.isPassedOn
		? `${controller.implementation} passes TLS on`
		: `${controller.implementation} speaks ${protocolName(spoken)}`;
	return finding(routeFindings.backendProtocolDiffers, {
		message: `${who} to Service ${backend.name}, and its port speaks ${protocolName(said)}.`,
		evidence: [said.by, ruleEvidence(rule)],
		remedy: `Change ${spoken.setBy}, so that it says what the port speaks.`,
		command: describe(rule.object),
		severity: said.isCertain && !isPart ? 'error' : 'warning',
	});
}

/** Whatever the port speaks, the handshake with it fails. */
function distrusted({controller, rule, backend}: BrokenBackend, field: string): Finding {
	return finding(routeFindings.backendCertificateDistrusted, {
		message: `${controller.implementation} speaks TLS to Service ${backend.name} and verifies the certificate against the pod's address, which it does not name.`,
		evidence: [ruleEvidence(rule)],
		remedy: `Name one (serverName and rootCAs, or insecureSkipVerify) as ${field} of the service in the rule.`,
		command: kubectl(backend, 'get', 'service', backend.name, '-o', 'yaml'),
	});
}

function perhapsHttp1(
	{controller, rule, backend}: BrokenBackend,
	spoken: RouterProtocol,
	said: Said,
): Finding {
	return finding(routeFindings.backendProtocolDiffers, {
		undecided: true,
		message: `${controller.implementation} speaks HTTP/2 to Service ${backend.name}, by ${spoken.setBy}, but probes of its port use HTTP/1.1.`,
		evidence: [said.by, ruleEvidence(rule)],
		remedy: `See whether the program behind the port speaks HTTP/2 without TLS; else change ${spoken.setBy}.`,
		command: describe(rule.object),
	});
}
