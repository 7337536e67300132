import type {ObjectRef} from '../../model/ref.ts';
import {objectField, type EvidenceField} from '../finding.ts';

type Addresses = readonly {readonly ip?: string; readonly hostname?: string}[];

/** The fields of a status that hold addresses, or that it holds none. */
export function addressFields(object: ObjectRef, addresses: Addresses): readonly EvidenceField[] {
	const path = 'status.loadBalancer.ingress';
	const fields = (['ip', 'hostname'] as const).flatMap((key) => {
		const values = addresses.flatMap((address) => address[key] || []);
		return values.length > 0 ? [objectField(object, `${path}[].${key}`, values.join(', '))] : [];
	});
	return fields.length > 0 ? fields : [objectField(object, path, 'empty')];
}
