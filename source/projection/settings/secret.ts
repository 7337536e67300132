import type {V1Secret} from '@kubernetes/client-node';
import type {SecretMeta} from '../../model/settings/secret.ts';
import {projectMeta} from '../meta.ts';
import {optionalText, record, type WireOf} from '../wire.ts';

/** Metadata and type only: data is never looked at, even where a file holds it. Of the annotations, which may repeat data, one is read. */
export function projectSecret(wire: WireOf<V1Secret>): SecretMeta {
	const hosts = optionalText(record(record(wire['metadata'])['annotations'])['cert-manager.io/alt-names']);
	return {
		...projectMeta(wire),
		annotations: {},
		type: optionalText(wire['type']),
		certificateHosts: hosts ? hosts.split(',').map((host) => host.trim()) : undefined,
	};
}
