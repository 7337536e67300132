import type {Snapshot} from '../../model/snapshot.ts';
import {recordByGatewayClass} from '../../rules/controllers/records.ts';
import type {StopReason, Symptom} from '../../rules/stop.ts';
import {allWorkloads} from './data-plane.ts';
import {recognise} from './recognise.ts';
import {settingsOf} from './settings.ts';

/** What a client gets that asks for a host without a rule, whichever controller it reaches: known where all of them answer 404. */
export function stopAtUnknownHost(snapshot: Snapshot): StopReason {
	const answers = [...ofIngressControllers(snapshot), ...ofGatewayClasses(snapshot)];
	return answers.length > 0 && answers.every((answer) => answer === 'http-404') ? 'no-rule' : 'nobody';
}

function ofIngressControllers(snapshot: Snapshot): readonly (Symptom | undefined)[] {
	return allWorkloads(snapshot).flatMap(({workload}) => {
		const side = recognise(workload)?.ingress;
		const {flags} = settingsOf(snapshot, workload);
		return side && (side.readsIngresses?.(flags) ?? true) ? [side.answers({flags})['no-rule']] : [];
	});
}

/** Gateway API: 404, unless the record knows better. A controller without a record may not serve anything. */
function ofGatewayClasses(snapshot: Snapshot): readonly (Symptom | undefined)[] {
	return snapshot.list('GatewayClass').flatMap(({controllerName}) => {
		const side = recordByGatewayClass(controllerName)?.gateway;
		return side ? [side.answers?.({flags: {}})['no-rule'] ?? 'http-404'] : [];
	});
}
