import {joinHostPort} from '../../model/matching/ip.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {ServicePort} from '../../model/services/service.ts';
import {fromMachine} from '../gather/from-machine.ts';
import {throughPortForward} from '../gather/through-port-forward.ts';
import {throughProxy} from '../gather/through-proxy.ts';
import {versionsOf} from '../of.ts';
import type {Check} from '../probe.ts';
import {isHttp, isHttps} from './is-http.ts';
import {sample} from './sample.ts';
import {detailsOf, type ProbeContext} from './probe-context.ts';

/** Pods of one workload are alike: a few of them tell. */
const mostPods = 5;

type Target = {readonly pod: Pod; readonly port: number; readonly servicePort?: ServicePort};

/** The target port of the pods: from inside each pod, from the API server, and directly where there is a way. */
export function planPods(probeContext: ProbeContext): readonly Check[] {
	return sample(targetsOf(probeContext), mostPods).flatMap((target) => [
		fromInside(target),
		...(speaksHttp(probeContext, target) ? [fromApiServer(probeContext, target)] : []),
		...directly(target),
	]);
}

/** How many pods there are beside those that are asked. */
export function podsLeftOut(probeContext: ProbeContext): number {
	return Math.max(0, targetsOf(probeContext).length - mostPods);
}

/** Ready pods; where none is, those that run. */
function targetsOf({snapshot, path, port}: ProbeContext): readonly Target[] {
	const rows = detailsOf(path, 'pod')?.pods ?? [];
	const found = rows.flatMap(({name, namespace = '', targetPort}) => {
		const pod = snapshot.get('Pod', namespace, name);
		return pod?.phase === 'Running' && pod.deletedAt === undefined && targetPort !== undefined
			? [{pod, port: targetPort, servicePort: port}]
			: [];
	});
	const ready = found.filter(({pod}) => pod.ready);
	return (ready.length > 0 ? ready : found).filter(
		({servicePort}) => (servicePort?.protocol ?? 'TCP') === 'TCP',
	);
}

/** Behind a rule all is HTTP; else the port has to look like it. */
function speaksHttp({request}: ProbeContext, {pod, servicePort}: Target): boolean {
	return request ? request.method !== undefined : servicePort !== undefined && isHttp(servicePort, [pod]);
}

function fromInside({pod, port}: Target): Check {
	const {namespace, name} = pod;
	const permission = `create pods/portforward in namespace ${namespace}`;
	const of = versionsOf([['Pod', pod]]);
	return {
		sentence: `TCP connection, through a port-forward to pod ${namespace}/${name}, port ${port}`,
		permission,
		of,
		run: (tools) =>
			throughPortForward({address: pod.podIPs[0] ?? '', port, pod: {namespace, name}, permission, of}, tools),
	};
}

function fromApiServer({request}: ProbeContext, {pod, port, servicePort}: Target): Check {
	const {namespace, name} = pod;
	const permission = `get pods/proxy in namespace ${namespace}`;
	const of = versionsOf([['Pod', pod]]);
	const scheme = servicePort && isHttps(servicePort) ? 'https' : 'http';
	const urlPath = request?.urlPath ?? '/';
	const address = pod.podIPs[0] ?? '';
	return {
		sentence: `GET ${scheme}://${joinHostPort(address, port)}${urlPath}, from the API server (pods/proxy of ${namespace}/${name})`,
		permission,
		of,
		run: (tools) =>
			throughProxy({kind: 'pods', namespace, name, port, scheme, urlPath, address, permission, of}, tools),
	};
}

function directly({pod, port}: Target): readonly Check[] {
	const [address] = pod.podIPs;
	const {namespace, name} = pod;
	const of = versionsOf([['Pod', pod]]);
	return address === undefined
		? []
		: [
				{
					sentence: `TCP connection, from this machine to ${joinHostPort(address, port)} (pod ${namespace}/${name})`,
					needsPodNetwork: true,
					of,
					run: (tools) => fromMachine({address, port, pod: {namespace, name}, of}, tools),
				},
			];
}
