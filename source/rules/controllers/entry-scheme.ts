import type {Ingress} from '../../model/ingress.ts';
import {controllerRecords} from './records.ts';

/** Whether clients are meant to ask for a host of an Ingress by https: TLS ends at the controller, or is passed on by it. */
export function isForTls(ingress: Ingress, host: string): boolean {
	return (
		ingress.tls.some(({hosts}) => hosts.includes(host)) ||
		controllerRecords.some(
			(record) => record.ingress?.passesTls?.(ingress) || record.ingress?.hasOnlyTls?.(ingress),
		)
	);
}
