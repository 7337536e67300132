import type {Pod} from '../../model/workloads/pod.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {loopbackSetting, type LoopbackSetting} from '../../rules/components/loopback-port.ts';
import type {ObjectRef} from '../../model/ref.ts';
import {type Finding, finding, objectField} from '../finding.ts';
import {podFindings} from './catalogue.ts';
import {podNames, type PodsView} from './pod-view.ts';
import type {Probed} from './refused-port.ts';

type Bound = {readonly pod: Pod; readonly port: number; readonly setting: LoopbackSetting};

/** KNET708 by a setting of the process; a probe of the port knows better. */
export function boundToLoopback(view: PodsView, probed: readonly Probed[]): readonly Finding[] {
	const bound = boundPods(view, probed);
	const [first] = bound;
	return first
		? [
				finding(podFindings.listensOnLocalhost, {
					severity: isOnLoopback(view, bound) ? 'error' : 'warning',
					message: `${podNames(bound.map(({pod}) => pod))}: port ${first.port} listens on 127.0.0.1 only, and the node's address refuses it.`,
					evidence: bound.slice(0, 5).map(({setting: {ref, path, value}}) => objectField(ref, path, value)),
					remedy: 'Let it listen on 0.0.0.0 (or ::) if it is to be reached from elsewhere.',
					command: yamlOf(first.setting.ref),
				}),
			]
		: [];
}

function yamlOf({kind, namespace = '', name}: ObjectRef) {
	return kubectl({namespace}, 'get', kind.toLowerCase(), name, '-o', 'yaml');
}

/** Nothing that takes traffic listens on an address that others reach. */
function isOnLoopback(view: PodsView, bound: readonly Bound[]): boolean {
	const names = new Set(bound.map(({pod}) => pod.name));
	const listed = new Set(view.endpoints.filter(({ready}) => ready).map(({pod}) => pod));
	const serving = view.pods.filter(({name, ready}) => (listed.size > 0 ? listed.has(name) : ready));
	return serving.every(({name}) => names.has(name));
}

function boundPods(view: PodsView, probed: readonly Probed[]): readonly Bound[] {
	const known = new Set(probed.map(({pod}) => pod.name));
	return view.pods.flatMap((pod) => {
		const port = view.targetPort(pod);
		const setting =
			port === undefined || known.has(pod.name) ? undefined : loopbackSetting(view.snapshot, pod, port);
		return port === undefined || !setting ? [] : [{pod, port, setting}];
	});
}
