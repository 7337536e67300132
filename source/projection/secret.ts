import type {V1Secret} from '@kubernetes/client-node';
import type {SecretMeta} from '../model/secret.ts';
import {projectMeta} from './meta.ts';
import {optionalText, type WireOf} from './wire.ts';

/** Metadata and type only: data is never looked at, even where a file holds it. */
export function projectSecret(wire: WireOf<V1Secret>): SecretMeta {
	return {...projectMeta(wire), annotations: {}, type: optionalText(wire['type'])};
}
