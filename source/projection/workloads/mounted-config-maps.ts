import type {V1PodSpec} from '@kubernetes/client-node';
import type {MountedConfigMap} from '../../model/workloads/workload.ts';
import {list, optionalText, record, text, type WireOf} from '../wire.ts';

/** The ConfigMaps that containers of a pod have as files; undefined where there is none. */
export function projectMounts(podSpec: WireOf<V1PodSpec>): readonly MountedConfigMap[] | undefined {
	const names = new Map(
		list(podSpec['volumes']).map((volume) => [
			text(record(volume)['name']),
			optionalText(record(record(volume)['configMap'])['name']),
		]),
	);
	const mounts = list(podSpec['containers'])
		.flatMap((container) => list(record(container)['volumeMounts']))
		.flatMap((mount) => {
			const name = names.get(text(record(mount)['name']));
			return name === undefined
				? []
				: [{name, path: text(record(mount)['mountPath']), key: optionalText(record(mount)['subPath'])}];
		});
	return mounts.length > 0 ? mounts : undefined;
}
