import {kubectl} from '../../../model/safe-text/command.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {RouterBackend} from '../../../rules/routers/backends.ts';
import type {RouterRule} from '../../../rules/routers/router.ts';
import type {Severity} from '../../catalogue-entry.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../finding.ts';
import {capital} from '../../words.ts';
import {nearest} from '../../nearest.ts';
import {routeFindings} from '../catalogue.ts';
import {describe, plainRef, ruleName} from './rule-text.ts';

export type BrokenBackend = {
	readonly snapshot: Snapshot;
	readonly controller: Controller;
	readonly rule: RouterRule;
	readonly backend: RouterBackend;
	/** Requests still go elsewhere. */
	readonly isPart: boolean;
};

/** What is wrong with a Service that a rule sends to (KNET401, 402, 403). */
export function routerBackendFindings(broken: BrokenBackend): readonly Finding[] {
	switch (broken.backend.problem?.type) {
		case undefined:
			return [];
		case 'no-service':
			return [serviceMissing(broken)];
		case 'no-port':
			return [portMissing(broken)];
		case 'not-routed':
			return [notRouted(broken, broken.backend.problem)];
	}
}

function serviceMissing(broken: BrokenBackend): Finding {
	const {snapshot, rule, backend} = broken;
	const {namespace, name} = backend;
	const [like] = nearest(
		name,
		snapshot.list('Service', namespace).map((service) => service.name),
	);
	return finding(routeFindings.backendServiceMissing, {
		message: `${capital(ruleName(rule))} sends to Service ${namespace}/${name}, which does not exist${clientSees(broken)}.`,
		evidence: [
			ruleField(broken, name),
			objectField({kind: 'Service', namespace, name}, 'metadata.name', 'does not exist'),
		],
		toFix: [{kind: 'Service', namespace, name}],
		remedy: like
			? `Name ${like} in the rule, or create Service ${name}.`
			: `Create Service ${name}, or correct the name.`,
		command: kubectl({namespace}, 'get', 'services'),
		severity: severityOf(broken),
	});
}

function portMissing(broken: BrokenBackend): Finding {
	const {snapshot, backend} = broken;
	const {namespace, name, port = ''} = backend;
	const ports = snapshot.get('Service', namespace, name)?.ports ?? [];
	const has = ports.map((each) => (each.name ? `${each.name} (${each.port})` : String(each.port))).join(', ');
	const slip = ports.find(({targetPort}) => targetPort === port);
	const hint = slip ? ` ${port} is the target port of service port ${slip.port}.` : '';
	return finding(routeFindings.backendPortMissing, {
		message: `Service ${name} has no port ${port}${clientSees(broken)}.${hint} It has ${has || 'no ports'}.`,
		evidence: [
			ruleField(broken, String(port)),
			objectField({kind: 'Service', namespace, name}, 'spec.ports', has),
		],
		toFix: [{kind: 'Service', namespace, name}],
		remedy: slip
			? `Use ${slip.port} in the rule: it names the service port.`
			: 'Name a port of the Service in the rule.',
		command: kubectl({namespace}, 'get', 'service', name, '-o', 'yaml'),
		severity: severityOf(broken),
	});
}

type NotRouted = {readonly why: string; readonly remedy?: string; readonly value?: string};

function notRouted(broken: BrokenBackend, {why, remedy, value}: NotRouted): Finding {
	const {controller, rule, backend} = broken;
	return finding(routeFindings.noRuleMatches, {
		message: `${controller.implementation} does not send ${ruleName(rule)} to ${backend.kind} ${backend.name}: ${why}${clientSees(broken)}.`,
		evidence: [ruleField(broken, value ?? backend.name)],
		remedy: remedy ?? 'Use a Service that the controller sends to, or allow it in its settings.',
		command: remedy ? describe(rule.object) : kubectl(backend, 'get', 'service', backend.name, '-o', 'yaml'),
		severity: severityOf(broken),
	});
}

/** Without a share no request goes there. */
function severityOf({backend: {share}, isPart}: BrokenBackend): Severity | undefined {
	return isPart ? (share > 0 ? 'warning' : 'info') : undefined;
}

function ruleField({rule, backend}: BrokenBackend, value: string): EvidenceField {
	return objectField(plainRef(rule.object), backend.field, value);
}

function clientSees({controller, isPart}: BrokenBackend): string {
	const answer = controller.answers['no-backend'];
	return isPart || !answer?.startsWith('http-') ? '' : ` (the client gets ${answer.replace('http-', '')})`;
}
