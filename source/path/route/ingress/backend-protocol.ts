import {kubectl} from '../../../model/command.ts';
import {matchesLabels} from '../../../model/label-selector.ts';
import type {Container} from '../../../model/pod.ts';
import {refOf} from '../../../model/ref.ts';
import type {Service, ServicePort} from '../../../model/service.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import {portOf} from '../../../rules/controllers/backend-state.ts';
import type {DecideInput} from '../../../rules/controllers/decide.ts';
import type {SpokenProtocol} from '../../../rules/controllers/record.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import type {BackendProblem} from './backend-findings.ts';
import {ruleEvidence} from './rule-text.ts';

/** What a port is said to speak, and where it is said. `isCertain`: by a probe that passes or fails with it. */
type Said = {
	readonly tls: boolean;
	readonly http2?: boolean;
	readonly isCertain: boolean;
	readonly by: EvidenceField;
};

/** KNET418: the controller speaks another protocol than the port behind the rule. */
export function backendProtocol(
	{snapshot, controller}: DecideInput,
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
	const spoken = service && side.speaks({ingress, service, port}, controller.flags);
	if (!service || !spoken) {
		return [];
	}

	const {implementation} = controller;
	// What a TLS port answers to plain text depends on the program behind it.
	return said && differ(spoken, said)
		? [
				{
					finding: differs(implementation, {rule, service, said, spoken}),
					stop: spoken.tls && !said.tls ? 'backend-tls' : 'nobody',
				},
			]
		: spoken.distrusts
			? [
					{
						finding: distrusted(implementation, {rule, service, said, annotation: spoken.distrusts}),
						stop: 'backend-tls',
					},
				]
			: [];
}

function differ(spoken: SpokenProtocol, said: Said): boolean {
	return spoken.tls !== said.tls || (said.http2 === true && spoken.http2 === false);
}

type Distrusted = Pick<Different, 'rule' | 'service'> & {
	readonly said: Said | undefined;
	readonly annotation: string;
};

/** KNET420: whatever the port speaks, the handshake with it fails. */
function distrusted(implementation: string, {rule, service, said, annotation}: Distrusted): Finding {
	return finding(routeFindings.backendCertificateDistrusted, {
		message: `${implementation} speaks TLS to Service ${service.name} and verifies the certificate against the address of the pod, which no certificate names.`,
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
		message: `${implementation} speaks ${nameOf(spoken)} to Service ${service.name}, and its port speaks ${nameOf(said)}. ${capital(spoken.setBy)} sets it.`,
		evidence: [said.by, ruleEvidence(rule)],
		remedy: `Set ${spoken.setBy}, so that it says what the port speaks.`,
		command: kubectl(rule.ingress, 'get', 'ingress', rule.ingress.name, '-o', 'yaml'),
		severity: said.isCertain ? 'error' : 'warning',
	});
}

function nameOf({tls, http2}: {readonly tls: boolean; readonly http2?: boolean}): string {
	return http2 ? (tls ? 'gRPC over TLS' : 'gRPC') : tls ? 'TLS' : 'plain HTTP';
}

function capital(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The probe of the port first, then appProtocol, then its name, then 443. Undefined: nothing says it. */
function saidOf(snapshot: Snapshot, service: Service, port: ServicePort | undefined): Said | undefined {
	return port && (byProbe(snapshot, service, port) ?? byAppProtocol(service, port) ?? byName(service, port));
}

function byProbe(snapshot: Snapshot, service: Service, port: ServicePort): Said | undefined {
	for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
		for (const workload of snapshot.list(kind, service.namespace)) {
			const selects = service.selector && matchesLabels(service.selector, workload.templateLabels);
			const container = selects && workload.containers.find((each) => asks(each, port));
			const probe = container ? container.readinessProbe : undefined;
			if (container && (probe?.type === 'httpGet' || probe?.type === 'grpc')) {
				const at = workload.containers.indexOf(container);
				return {
					tls: probe.scheme === 'HTTPS',
					http2: probe.type === 'grpc' || undefined,
					isCertain: true,
					by: objectField(
						{kind, namespace: workload.namespace, name: workload.name},
						`spec.template.spec.containers[${at}].readinessProbe.${probe.type === 'grpc' ? 'grpc.port' : 'httpGet.scheme'}`,
						probe.type === 'grpc' ? String(probe.port) : (probe.scheme ?? 'HTTP'),
					),
				};
			}
		}
	}

	return undefined;
}

/** Whether its readiness probe asks the port that the Service sends to. */
function asks({ports, readinessProbe}: Container, {targetPort}: ServicePort): boolean {
	const numberOf = (port: number | string | undefined): number | undefined =>
		typeof port === 'string' ? ports.find(({name}) => name === port)?.containerPort : port;
	const wanted = numberOf(targetPort);
	return wanted !== undefined && numberOf(readinessProbe?.port) === wanted;
}

function byAppProtocol(service: Service, port: ServicePort): Said | undefined {
	const value = port.appProtocol?.toLowerCase();
	const known = /^(?:https?|grpcs?|kubernetes\.io\/(?:h2c|wss?))$/u;
	return value !== undefined && known.test(value)
		? {
				tls: /^(?:https|grpcs|kubernetes\.io\/wss)$/u.test(value),
				http2: value.startsWith('grpc') || undefined,
				isCertain: false,
				by: field(service, port, 'appProtocol', port.appProtocol ?? ''),
			}
		: undefined;
}

function byName(service: Service, port: ServicePort): Said | undefined {
	if (/^grpc(?:-|$)/u.test(port.name)) {
		return {tls: false, http2: true, isCertain: false, by: field(service, port, 'name', port.name)};
	}

	if (/^https(?:-|$)/u.test(port.name) || port.targetPort === 'https') {
		return {tls: true, isCertain: false, by: field(service, port, 'name', port.name)};
	}

	return port.targetPort === 443 || port.targetPort === 8443
		? {tls: true, isCertain: false, by: field(service, port, 'targetPort', String(port.targetPort))}
		: undefined;
}

function field(service: Service, port: ServicePort, name: string, value: string): EvidenceField {
	const at = service.ports.indexOf(port);
	return objectField(refOf('Service', service), `spec.ports[${at}].${name}`, value);
}
