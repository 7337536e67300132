import {lookup} from '../../../model/snapshot.ts';
import type {RouterBackend} from '../../../rules/routers/backends.ts';
import {saidOf, type Said} from '../../port-speaks.ts';
import type {BrokenBackend} from './backend-findings.ts';
import {describe, ruleEvidence} from './rule-text.ts';
import {protocolProblem, type ProtocolProblem} from '../port-protocol.ts';

/** Whether the controller speaks what the ports of the backends do. */
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
	const {controller, rule, backend, isPart} = sent;
	const {spoken} = backend;
	return (
		spoken &&
		protocolProblem({
			implementation: controller.implementation,
			service: backend,
			port: portOf(sent),
			spoken,
			said: portSays(sent),
			isPart,
			rule: ruleEvidence(rule),
			command: describe(rule.object),
			mend: `Change ${spoken.setBy}, so that it says what the port speaks.`,
			trust: {
				remedy: `Name one (serverName and rootCAs, or insecureSkipVerify) as ${spoken.distrusts} of the service in the rule.`,
			},
		})
	);
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
