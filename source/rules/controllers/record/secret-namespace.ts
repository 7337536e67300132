import type {Ingress} from '../../../model/routes/ingress.ts';
import type {Controller} from './controller.ts';

/** Where a controller looks for the Secrets of an Ingress. Undefined: beside its own pods, which are not known. */
export function secretNamespace(
	{record, pods, workload}: Controller,
	{namespace, annotations}: Pick<Ingress, 'namespace' | 'annotations'>,
): string | undefined {
	const {secretsBesidePods, namespaceAnnotation} = record.ingress?.tls ?? {};
	const named = namespaceAnnotation && annotations[namespaceAnnotation];
	return secretsBesidePods ? (pods[0]?.namespace ?? workload?.namespace) : named || namespace;
}
