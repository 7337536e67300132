import {list, record, text} from '../projection/wire.ts';
import type {Conditions} from './turn.ts';
import type {World} from './world.ts';

const logPath = /^\/api\/v1\/namespaces\/(?<namespace>[^/]+)\/pods\/(?<name>[^/]+)\/log$/u;

/** What the container of a pod has printed; undefined where there is no such pod. */
export function podLog(
	{world, conditions}: {readonly world: World; readonly conditions: Conditions},
	path: string,
): string | undefined {
	const {namespace, name} = logPath.exec(path)?.groups ?? {};
	const pod = world
		.list('Pod')
		.find(({metadata}) => metadata.namespace === namespace && metadata.name === name);
	if (!pod) {
		return undefined;
	}

	const workload = text(record(pod.metadata['annotations'])['knet/workload']);
	const {log = ['GET /healthz 200']} = conditions.behaviours.get(`${namespace}/${workload}`) ?? {};
	const [container] = list(record(pod['spec'])['containers']).map(record);
	return [
		`${text(container?.['name'])} ${text(container?.['image']).split(':').at(-1)} starts`,
		...log,
		'',
	].join('\n');
}
