import type {Ingress} from '../../model/ingress.ts';
import type {Controller} from './controller.ts';

/** Where a controller looks for the Secrets of an Ingress. Undefined: beside its own pods, which are not known. */
export function secretNamespace(
	{record, pods, workload}: Controller,
	{namespace}: Pick<Ingress, 'namespace'>,
): string | undefined {
	return record.ingress?.tls?.secretsBesidePods ? (pods[0]?.namespace ?? workload?.namespace) : namespace;
}
