import type {ConfigMap} from '../model/config-map.ts';
import {projectMeta} from './meta.ts';
import {safe, safeLines} from '../model/safe.ts';
import {record, type Wire} from './wire.ts';

// Other keys, and other ConfigMaps, may hold anything (kubeconfig.conf is one): they are not kept.
const wanted = new Set(['Corefile', 'config.conf', 'config']);

export function projectConfigMap(wire: Wire): ConfigMap {
	const entries = Object.entries(record(wire['data'])).filter(
		([key, value]) => wanted.has(key) && typeof value === 'string',
	);
	return {
		...projectMeta(wire),
		data: Object.fromEntries(entries.map(([key, value]) => [safe(key), safeLines(String(value))])),
	};
}
