import type {Wire} from '../../../source/projection/wire.ts';

/**
Objects as large as real ones, with tokens (`stamp.ts`) where they differ: s service, n namespace, p position of a pod
in its Service, a and b octets, u the end of a uid, v version, r revision, k node.
*/

const created = '2026-01-01T00:00:00Z';

function meta(name: string, uid: string, more: Wire = {}): Wire {
	return {
		name,
		uid: `00000000-0000-4000-${uid}-<u.........>`,
		resourceVersion: '<v......>',
		creationTimestamp: created,
		...more,
	};
}

const inNamespace = {namespace: 'team-<n>'};
const podName = (position: string) => `app-<s..>-7d9f8b6c5d-${position}`;

function managed(manager: string, fields: Wire): Wire {
	return {
		manager,
		operation: 'Update',
		apiVersion: 'v1',
		time: created,
		fieldsType: 'FieldsV1',
		fieldsV1: fields,
	};
}

const some = (names: string): Wire => Object.fromEntries(names.split(' ').map((name) => [`f:${name}`, {}]));
const env = Array.from({length: 12}, (_, index) => ({
	name: `SETTING_${index}`,
	value: `value ${index} of app-<s..>`,
}));
const containerFields = {
	...some('image imagePullPolicy name terminationMessagePath terminationMessagePolicy'),
	'f:env': Object.fromEntries(
		env.map(({name}) => [`k:{"name":"${name}"}`, {'.': {}, ...some('name value')}]),
	),
	'f:livenessProbe': {...some('failureThreshold periodSeconds successThreshold timeoutSeconds httpGet')},
	'f:ports': {'k:{"containerPort":8080,"protocol":"TCP"}': some('containerPort name protocol')},
	'f:readinessProbe': {...some('failureThreshold periodSeconds successThreshold timeoutSeconds httpGet')},
	'f:resources': {'f:limits': some('cpu memory'), 'f:requests': some('cpu memory')},
	'f:volumeMounts': {'k:{"mountPath":"/etc/app"}': some('mountPath name readOnly')},
};
const conditions = 'PodReadyToStartContainers Initialized Ready ContainersReady PodScheduled'.split(' ');
const conditionFields = Object.fromEntries(
	conditions.map((type) => [
		`k:{"type":"${type}"}`,
		{'.': {}, ...some('lastProbeTime lastTransitionTime observedGeneration status type')},
	]),
);

const probe = {httpGet: {path: '/healthz', port: 8080, scheme: 'HTTP'}};

export const pod: Wire = {
	metadata: meta(podName('<p>'), '8001', {
		...inNamespace,
		generateName: 'app-<s..>-7d9f8b6c5d-',
		labels: {app: 'app-<s..>', 'pod-template-hash': '7d9f8b6c5d', revision: 'r<r......>'},
		annotations: {
			'prometheus.io/scrape': 'true',
			'prometheus.io/port': '8080',
			'checksum/config': '3f1c2b1a9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a',
		},
		managedFields: [
			managed('kube-controller-manager', {
				'f:metadata': {
					...some('generateName'),
					'f:annotations': some('prometheus.io/scrape prometheus.io/port checksum/config'),
					'f:labels': some('app pod-template-hash revision'),
				},
				'f:spec': {
					...some(
						'dnsPolicy enableServiceLinks restartPolicy schedulerName serviceAccountName volumes tolerations',
					),
					'f:containers': {
						'k:{"name":"main"}': containerFields,
						'k:{"name":"sidecar"}': containerFields,
					},
				},
			}),
			managed('kubelet', {
				'f:status': {
					...some('containerStatuses hostIP hostIPs observedGeneration phase podIP podIPs startTime'),
					'f:conditions': conditionFields,
				},
			}),
		],
	}),
	spec: {
		volumes: [{name: 'config', configMap: {name: 'app-<s..>', defaultMode: 420}}],
		containers: [
			{
				...container('main'),
				ports: [{name: 'http', containerPort: 8080, protocol: 'TCP'}],
				readinessProbe: probe,
			},
			container('sidecar'),
		],
		restartPolicy: 'Always',
		terminationGracePeriodSeconds: 30,
		dnsPolicy: 'ClusterFirst',
		serviceAccountName: 'default',
		nodeName: 'node-<k.>',
		schedulerName: 'default-scheduler',
		tolerations: ['not-ready', 'unreachable'].map((name) => ({
			key: `node.kubernetes.io/${name}`,
			operator: 'Exists',
			effect: 'NoExecute',
		})),
	},
	status: {
		phase: 'Running',
		conditions: conditions.map((type) => ({type, status: 'True', lastTransitionTime: created})),
		hostIP: '10.10.1.1',
		podIP: '10.<a>.<b>.<p>',
		podIPs: [{ip: '10.<a>.<b>.<p>'}],
		startTime: created,
		containerStatuses: ['main', 'sidecar'].map((name) => ({
			name,
			state: {running: {startedAt: created}},
			ready: true,
			restartCount: 1,
			image: `registry.example.com/team/${name}:1.2.3`,
			imageID: `registry.example.com/team/${name}@sha256:3f1c2b1a9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a`,
			containerID: 'containerd://3f1c2b1a9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a',
			started: true,
		})),
		qosClass: 'Burstable',
	},
};

/** Of the DaemonSet that the simulated cluster has. */
export const kubeProxyPod: Wire = {
	metadata: meta('kube-proxy-<k.>', '8008', {
		namespace: 'kube-system',
		generateName: 'kube-proxy-',
		labels: {'k8s-app': 'kube-proxy', 'controller-revision-hash': '7d9f8b6c5d', revision: 'r<r......>'},
		ownerReferences: [{kind: 'DaemonSet', name: 'kube-proxy', uid: 'kube-proxy', controller: true}],
		managedFields: [managed('kubelet', {'f:status': {'f:conditions': conditionFields}})],
	}),
	spec: {
		containers: [
			{
				...container('kube-proxy'),
				command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf'],
			},
		],
		hostNetwork: true,
		nodeName: 'node-<k.>',
	},
	status: {
		phase: 'Running',
		conditions: conditions.map((type) => ({type, status: 'True', lastTransitionTime: created})),
		hostIP: '10.10.<a>.<b>',
		podIP: '10.10.<a>.<b>',
		podIPs: [{ip: '10.10.<a>.<b>'}],
		startTime: created,
		containerStatuses: [
			{name: 'kube-proxy', state: {running: {startedAt: created}}, ready: true, restartCount: 0},
		],
	},
};

function container(name: string): Wire {
	return {
		name,
		image: `registry.example.com/team/${name}:1.2.3`,
		env,
		resources: {limits: {cpu: '1', memory: '512Mi'}, requests: {cpu: '100m', memory: '128Mi'}},
		volumeMounts: [{name: 'config', readOnly: true, mountPath: '/etc/app'}],
		livenessProbe: probe,
		terminationMessagePath: '/dev/termination-log',
		imagePullPolicy: 'IfNotPresent',
		terminationMessagePolicy: 'File',
	};
}

const ip = '10.<c>.<d>.<e>';

export const service: Wire = {
	metadata: meta('app-<s..>', '8002', {
		...inNamespace,
		labels: {app: 'app-<s..>'},
		managedFields: [
			managed('kubectl', {
				'f:metadata': {'f:labels': some('app')},
				'f:spec': some('internalTrafficPolicy ports selector sessionAffinity type'),
			}),
		],
	}),
	spec: {
		ports: [{name: 'http', protocol: 'TCP', port: 80, targetPort: 8080}],
		selector: {app: 'app-<s..>'},
		clusterIP: ip,
		type: 'ClusterIP',
		sessionAffinity: 'None',
		ipFamilyPolicy: 'SingleStack',
		clusterIPs: [ip],
		ipFamilies: ['IPv4'],
		internalTrafficPolicy: 'Cluster',
	},
	status: {loadBalancer: {}},
};

/** Endpoints of a slice at most: two slices hold those of one Service. */
export const endpointsOfSlice = 8;

/** `positions`: of the pods, as they stand in names and addresses. The nodes are tokens kA, kB … */
export function slice(name: string, positions: readonly number[]): Wire {
	return {
		metadata: meta(`app-<s..>-${name}`, name === 'first' ? '8003' : '8004', {
			...inNamespace,
			generateName: 'app-<s..>-',
			labels: {
				app: 'app-<s..>',
				'kubernetes.io/service-name': 'app-<s..>',
				'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
			},
			annotations: {'endpoints.kubernetes.io/last-change-trigger-time': created},
			managedFields: [
				managed('kube-controller-manager', {
					...some('addressType endpoints ports'),
					'f:metadata': {...some('annotations generateName labels ownerReferences')},
				}),
			],
		}),
		endpoints: positions.map((position, index) => ({
			addresses: [`10.<a>.<b>.${position}`],
			conditions: {ready: true, serving: true, terminating: false},
			targetRef: {kind: 'Pod', ...inNamespace, name: podName(String(position))},
			nodeName: `node-<k${String.fromCharCode(65 + index)}>`,
		})),
		ports: [{name: 'http', protocol: 'TCP', port: 8080}],
		addressType: 'IPv4',
	};
}

export const ingress: Wire = {
	metadata: meta('app-<s..>', '8005', {
		...inNamespace,
		managedFields: [managed('kubectl', {'f:spec': some('ingressClassName rules')})],
	}),
	spec: {
		ingressClassName: 'traefik',
		rules: [
			{
				host: 'app-<s..>.example.com',
				http: {
					paths: [
						{path: '/', pathType: 'Prefix', backend: {service: {name: 'app-<s..>', port: {number: 80}}}},
					],
				},
			},
		],
	},
	status: {loadBalancer: {ingress: [{ip: '203.0.113.10'}]}},
};

export const node: Wire = {
	metadata: meta('node-<k.>', '8006', {
		labels: {
			'kubernetes.io/hostname': 'node-<k.>',
			'kubernetes.io/os': 'linux',
			'topology.kubernetes.io/zone': 'zone-1',
			'topology.kubernetes.io/region': 'region-1',
		},
		managedFields: [
			managed('kubelet', {
				'f:status': {
					...some('allocatable capacity conditions images nodeInfo'),
					'f:conditions': conditionFields,
				},
			}),
		],
	}),
	spec: {providerID: 'example://node-<k.>'},
	status: {
		capacity: {cpu: '16', memory: '65536Mi', pods: '110'},
		allocatable: {cpu: '15', memory: '60000Mi', pods: '110'},
		conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
			type,
			status: type === 'Ready' ? 'True' : 'False',
			lastTransitionTime: created,
			reason: `Kubelet${type}`,
			message: 'as the kubelet says',
		})),
		addresses: [
			{type: 'InternalIP', address: '10.10.<a>.<b>'},
			{type: 'Hostname', address: 'node-<k.>'},
		],
		nodeInfo: {
			kernelVersion: '6.8.0',
			osImage: 'Linux',
			containerRuntimeVersion: 'containerd://2.0.0',
			kubeletVersion: 'v1.35.0',
			kubeProxyVersion: '',
		},
		images: Array.from({length: 20}, (_, index) => ({
			names: [
				`registry.example.com/team/image-${index}@sha256:3f1c2b1a9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e`,
			],
			sizeBytes: 123_456_789,
		})),
	},
};

export const namespace: Wire = {
	metadata: meta('team-<n>', '8007', {labels: {'kubernetes.io/metadata.name': 'team-<n>'}}),
	status: {phase: 'Active'},
};
