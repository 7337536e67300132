import {controllerFindings} from '../../controller/catalogue.ts';
import {finding, type Finding} from '../../finding.ts';
import {statusOf} from '../../hop-status.ts';
import {worst} from '../verdict.ts';
import type {Frontend} from './frontend.ts';

/** No controller takes these rules: whoever reaches the host gets another one's answer. */
export function isUnserved({controllerHop: {hop, stop}}: Pick<Frontend, 'controllerHop'>): boolean {
	return hop.status === 'broken' && (stop === 'nobody' || stop === 'no-rule');
}

/** Keeps the paths that somebody serves, of those whose rules take the request; what nobody serves is said beside them. */
export function withoutRivals(matched: readonly Frontend[]): readonly Frontend[] {
	const [first, ...rest] = matched.filter((frontend) => !isUnserved(frontend));
	const rivals = matched.filter(isUnserved);
	if (!first || rivals.length === 0) {
		return matched;
	}

	return [
		told(
			first,
			rivals.map((rival) => rivalFinding(first, rival)),
		),
		...rest,
	];
}

function told(frontend: Frontend, findings: readonly Finding[]): Frontend {
	const {hop} = frontend.controllerHop;
	const all = [...hop.findings, ...findings];
	const status = worst([hop.status, statusOf(findings)]) ?? hop.status;
	return {...frontend, controllerHop: {...frontend.controllerHop, hop: {...hop, status, findings: all}}};
}

/** KNET311, with what the controller hop of the rival says. */
function rivalFinding(served: Frontend, rival: Frontend): Finding {
	const [reason] = rival.controllerHop.hop.findings;
	const {kind, namespace, name} = rival.routeHop.hop.details?.matched ?? {kind: 'Ingress', name: ''};
	return finding(controllerFindings.rivalNotServed, {
		message: `${kind} ${namespace}/${name} has a rule for this request too, and no controller serves it${reason ? ` (${reason.code})` : ''}.`,
		evidence: reason?.evidence ?? [],
		remedy: reason?.remedy ?? 'Give it the class of the controller that serves the host, or remove it.',
		command: reason?.command,
		severity: isMoreSpecific(rival, served) ? 'warning' : 'info',
	});
}

function isMoreSpecific(rival: Frontend, served: Frontend): boolean {
	return rival.fit > served.fit || (rival.fit === served.fit && lengthOf(rival) > lengthOf(served));
}

/** Of the path of the rule that takes the request. */
function lengthOf({routeHop}: Frontend): number {
	return routeHop.hop.details?.matched?.value?.length ?? 0;
}
