import type {Ingress} from '../../model/routes/ingress.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {requestedClass} from '../ingress/requested-class.ts';
import type {ControllerRecord} from './record/record.ts';
import {controllerRecords, recordByClassName, recordByIngressClass} from './records.ts';

/** Whether clients are meant to ask for a host of an Ingress by https: TLS ends at the controller, or is passed on by it. */
export function isForTls(snapshot: Snapshot, ingress: Ingress, host: string): boolean {
	return ingress.tls.some(({hosts}) => hosts.includes(host)) || isForTlsByAnnotation(snapshot, ingress);
}

/** Annotations of one controller may be left on an Ingress of another one's class. */
function isForTlsByAnnotation(snapshot: Snapshot, ingress: Ingress): boolean {
	const meant = controllerRecords.filter(
		(record) => record.ingress?.passesTls?.(ingress) || record.ingress?.hasOnlyTls?.(ingress),
	);
	const server = meant.length > 0 ? recordOf(snapshot, ingress) : undefined;
	return meant.some((record) => !server || record === server);
}

/** Undefined: its class is of a controller that is not known. */
function recordOf(snapshot: Snapshot, ingress: Ingress): ControllerRecord | undefined {
	const requested = requestedClass(snapshot, ingress);
	const ingressClass = snapshot.get('IngressClass', '', requested.className ?? '');
	return ingressClass ? recordByIngressClass(ingressClass.controller) : recordByClassName(requested);
}
