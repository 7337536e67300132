import {refOf} from '../../../model/ref.ts';
import {kubectl} from '../../../model/safe-text/command.ts';
import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import type {Severity} from '../../catalogue-entry.ts';
import {nearest} from '../../nearest.ts';
import {fitsTargetPort} from '../../../rules/controllers/record/backend-state.ts';
import type {BackendState, RuleRef} from '../../../rules/ingress/decision.ts';
import {backendField, backendText, describeCommand, ruleText} from './rule-text.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {routeFindings} from '../catalogue.ts';

export type BrokenBackend = {
	readonly snapshot: Snapshot;
	readonly controller: Controller;
	readonly rule: RuleRef;
	readonly state: BackendState;
	/** What takes the request instead, where the controller leaves the rule out. */
	readonly instead?: RuleRef;
	readonly severity?: Severity;
};

/** What is wrong with the backend of a rule, and why a request of the rule stops there. */
export type BackendProblem = {readonly finding: Finding; readonly stop: StopReason};

/** KNET402, 403, 404; 401 for a backend that its controller does not route to. */
export function backendProblem(broken: BrokenBackend): BackendProblem | undefined {
	const {state} = broken;
	const stop = state.type === 'external-name' || state.type === 'not-routed' ? 'no-rule' : 'no-backend';
	const found = backendFinding(broken);
	return found && {finding: found, stop};
}

function backendFinding(broken: BrokenBackend): Finding | undefined {
	const {state} = broken;
	switch (state.type) {
		case 'no-service':
			return serviceMissing(broken);
		case 'no-port':
			return portMissing(broken, state.service);
		case 'resource':
			return isResource(broken);
		case 'external-name':
			return notRouted(broken, state.service);
		case 'not-routed':
			return leftOut(broken, state);
		case 'ready':
		case 'empty':
		case 'unknown':
			return undefined;
	}
}

function serviceMissing(broken: BrokenBackend): Finding | undefined {
	const {snapshot, rule, severity} = broken;
	const {namespace} = rule.ingress;
	const name = rule.backend.type === 'service' ? rule.backend.name : '';
	const [like] = nearest(
		name,
		snapshot.list('Service', namespace).map((service) => service.name),
	);
	const gone = ruleGone(broken);
	const hint = like ? `; did you mean ${like}?` : '.';
	return finding(routeFindings.backendServiceMissing, {
		message: gone
			? `Service ${namespace}/${name} does not exist: ${gone}${hint}`
			: `${ruleText(rule)} of Ingress ${rule.ingress.name} sends to Service ${namespace}/${name}, which does not exist: ${clientSees(broken)}${hint}`,
		evidence: [
			objectField(refOf('Ingress', rule.ingress), `${backendField(rule)}.service.name`, name),
			objectField({kind: 'Service', namespace, name}, 'metadata.name', 'does not exist'),
		],
		toFix: [{kind: 'Service', namespace, name}],
		remedy: like
			? `Name ${like} in the Ingress, or create Service ${name}.`
			: `Create Service ${name}, or correct the name.`,
		command: kubectl({namespace}, 'get', 'services'),
		severity,
	});
}

function portMissing(broken: BrokenBackend, service: Service): Finding | undefined {
	const {rule, severity} = broken;
	if (rule.backend.type !== 'service') {
		return undefined;
	}

	const {port} = rule.backend;
	const wanted = port.name ?? String(port.number ?? '');
	const byTarget = service.ports.find((each) => fitsTargetPort(each, port));
	const has = service.ports.map(portText);
	const slip = byTarget ? ` ${wanted} is the target port of service port ${byTarget.port}.` : '';
	return finding(routeFindings.backendPortMissing, {
		message: `Service ${service.name} has no port ${wanted}: ${ruleGone(broken) ?? clientSees(broken)}.${slip} It has ${has.join(', ') || 'no ports'}.`,
		evidence: [
			objectField(
				refOf('Ingress', rule.ingress),
				`${backendField(rule)}.service.port.${port.name ? 'name' : 'number'}`,
				wanted,
			),
			objectField(refOf('Service', service), 'spec.ports', has.join(', ')),
		],
		toFix: [refOf('Service', service)],
		remedy: byTarget
			? `Use ${byTarget.port}${byTarget.name ? ` or ${byTarget.name}` : ''} in the Ingress: it names the service port.`
			: 'Name a port of the Service in the Ingress.',
		command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
		severity,
	});
}

/** `http (80)`; with the protocol where that is not TCP. */
function portText({name, port, protocol}: ServicePort): string {
	const number = protocol === 'TCP' ? String(port) : `${port}/${protocol}`;
	return name ? `${name} (${number})` : number;
}

function isResource({rule}: BrokenBackend): Finding {
	return finding(routeFindings.backendIsResource, {
		message: `${ruleText(rule)} of Ingress ${rule.ingress.name} sends to ${backendText(rule.backend)}, a resource that knet does not follow.`,
		evidence: [
			objectField(
				refOf('Ingress', rule.ingress),
				`${backendField(rule)}.resource`,
				backendText(rule.backend),
			),
		],
		remedy: 'See whether the controller supports that resource.',
		command: describeCommand(rule),
	});
}

/** Traefik leaves such rules out unless it is told to allow them (seen on 3.6.13: 404). */
function notRouted(broken: BrokenBackend, service: Service): Finding {
	const {rule, controller, severity} = broken;
	return finding(routeFindings.noRuleMatches, {
		message: `${controller.implementation} makes no rule of ${ruleText(rule)}: Service ${service.name} is of type ExternalName (allowExternalNameServices is off); ${clientSees(broken)}.`,
		evidence: [
			objectField(refOf('Ingress', rule.ingress), `${backendField(rule)}.service.name`, service.name),
			objectField(refOf('Service', service), 'spec.type', 'ExternalName'),
		],
		remedy:
			'Start Traefik with --providers.kubernetesingress.allowexternalnameservices=true, or use a Service with endpoints.',
		command: describeCommand(rule),
		severity,
	});
}

/** Traefik's provider skips the rule and says so only in its log. */
function leftOut(
	broken: BrokenBackend,
	{service, why}: Extract<BackendState, {readonly type: 'not-routed'}>,
): Finding {
	const {rule, controller, severity} = broken;
	return finding(routeFindings.noRuleMatches, {
		message: `${controller.implementation} makes no rule of ${ruleText(rule)} to Service ${service.name}: ${why}; ${clientSees(broken)}.`,
		evidence: [
			objectField(refOf('Ingress', rule.ingress), `${backendField(rule)}.service.name`, service.name),
			service.type === 'ExternalName'
				? objectField(refOf('Service', service), 'spec.type', service.type)
				: objectField(refOf('Service', service), 'metadata.annotations', why),
		],
		remedy:
			service.type === 'ExternalName'
				? 'Send to a Service with endpoints, or allow such Services in the settings of the controller.'
				: 'Correct or remove that annotation of the Service.',
		command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
		severity,
	});
}

/** Where the controller makes no rule of it, and another rule takes its requests. */
function ruleGone({controller, rule, instead}: BrokenBackend): string | undefined {
	return instead && ingressSide(controller).leavesOutBroken
		? `${controller.implementation} leaves out ${ruleText(rule)} of ${rule.ingress.name}, and ${ruleText(instead)} of ${instead.ingress.name} answers`
		: undefined;
}

function clientSees({controller, instead, state}: BrokenBackend): string {
	if (instead) {
		return `${ruleText(instead)} of Ingress ${instead.ingress.name} answers instead`;
	}

	const stop = state.type === 'external-name' || state.type === 'not-routed' ? 'no-rule' : 'no-backend';
	const answer = controller.answers[stop];
	if (answer === 'connection-refused') {
		return 'the client is refused';
	}

	return answer ? `the client gets ${answer.replace('http-', '')}` : 'the answer depends on the controller';
}
