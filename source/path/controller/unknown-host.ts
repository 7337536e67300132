import type {Ingress} from '../../model/routes/ingress.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import type {Controller} from '../../rules/controllers/record/controller.ts';
import {ingressesOf} from '../../rules/controllers/ingresses-of.ts';
import {memoize} from '../../rules/memoize.ts';
import {recordByGatewayClass} from '../../rules/controllers/records.ts';
import type {StopReason, Symptom} from '../../rules/stop.ts';
import {recognise, recordsOf} from './recognise.ts';
import {settingsOf} from './settings.ts';
import {allWorkloads} from '../../rules/all-workloads.ts';

/** The answer to a host without a rule, whichever controller the client reaches: known where all answer 404. */
export function stopAtUnknownHost(snapshot: Snapshot): StopReason {
	const answers = [...ofIngressControllers(snapshot), ...ofGatewayClasses(snapshot)];
	return answers.length > 0 && answers.every((answer) => answer === 'http-404') ? 'no-rule' : 'nobody';
}

function ofIngressControllers(snapshot: Snapshot): readonly (Symptom | undefined)[] {
	return allWorkloads(snapshot).flatMap(({workload}) => {
		const {flags} = settingsOf(snapshot, workload);
		return recordsOf(workload).flatMap(({ingress: side}) =>
			side && (side.readsIngresses?.(flags) ?? true) ? [side.answers({flags})['no-rule']] : [],
		);
	});
}

/** Gateway API: 404, unless the record knows better. A controller without a record may not serve anything. */
function ofGatewayClasses(snapshot: Snapshot): readonly (Symptom | undefined)[] {
	return snapshot.list('GatewayClass').flatMap(({controllerName}) => {
		const side = recordByGatewayClass(controllerName)?.gateway;
		return side ? [side.answers?.({flags: {}})['no-rule'] ?? 'http-404'] : [];
	});
}

/** What a controller answers to a host that no rule names; undefined where a rule for any host may answer. */
export function unknownHostOf(snapshot: Snapshot, controller: Controller | undefined): string | undefined {
	return (
		controller &&
		unlessTaken(
			controller.answers['no-rule'],
			controller.flags,
			forAnyHost(ingressesOf(snapshot, controller)),
		)
	);
}

/** The same for the controller with the pods that a Service selects. */
export function unknownHostBehind(snapshot: Snapshot, {namespace, selector}: Service): string | undefined {
	const behind = allWorkloads(snapshot, namespace).find(
		({workload}) => selector && matchesLabels(selector, workload.templateLabels),
	);
	return behind && unknownHostAt(snapshot, behind.workload);
}

/** The same for the workload of a controller; `inert`: Ingresses that it does not serve. */
export function unknownHostAt(
	snapshot: Snapshot,
	workload: Workload,
	inert: readonly Ingress[] = [],
): string | undefined {
	const side = recognise(workload)?.ingress;
	if (!side) {
		return undefined;
	}

	const {flags} = settingsOf(snapshot, workload);
	const others = forAnyHost(snapshot.list('Ingress')).filter((ingress) => !inert.includes(ingress));
	return unlessTaken(side.answers({flags})['no-rule'], flags, others);
}

function unlessTaken(
	answer: Symptom | undefined,
	flags: Controller['flags'],
	takers: readonly Ingress[],
): string | undefined {
	return takers.length > 0 || flags['default-backend-service'] !== undefined
		? undefined
		: answer?.replace('http-', '');
}

/** Those that take hosts that no rule names. Every path of a controller asks it of the same list. */
const forAnyHost = memoize((ingresses: readonly Ingress[]): readonly Ingress[] =>
	ingresses.filter(
		({defaultBackend, rules}) => defaultBackend !== undefined || rules.some(({host}) => host === ''),
	),
);
