const containerFields =
	'1 name, 2 image, 3 command:text[], 4 args:text[], 6 ports:ContainerPort[], 7 env:EnvVar[],' +
	'11 readinessProbe:Probe, 24 restartPolicy';

/**
The fields that projections read, of k8s.io/api and k8s.io/apimachinery (generated.proto, 1.35); a decoder passes over
all others. A field is `number name` and, where it is no string, `:type`:

	int, bool, time, map (of strings), bytes, text[], IntOrString, quantities; the name of a message, `Message[]`;
	`+Message` lays the message's fields into this one, as Go's embedded structs do in JSON.

A trailing `?` is a Go pointer, or a field that JSON always has: its zero value is kept. Any other zero value is left
out, as JSON does by `omitempty`.
*/
export const messages: Readonly<Record<string, string>> = {
	TypeMeta: '1 apiVersion, 2 kind',
	Unknown: '1 typeMeta:TypeMeta, 2 raw:bytes',
	RawExtension: '1 raw:bytes',
	WatchEvent: '1 type, 2 object:RawExtension',
	ListMeta: '2 resourceVersion, 3 continue',
	Status: '2 status, 3 message, 4 reason, 5 details:StatusDetails, 6 code:int',
	StatusDetails: '4 causes:StatusCause[], 5 retryAfterSeconds:int',
	StatusCause: '1 reason, 2 message',

	ObjectMeta:
		'1 name, 3 namespace, 5 uid, 6 resourceVersion, 7 generation:int, 8 creationTimestamp:time,' +
		'9 deletionTimestamp:time, 11 labels:map, 12 annotations:map, 13 ownerReferences:OwnerReference[]',
	OwnerReference: '1 kind, 3 name, 4 uid, 6 controller:bool?',
	Condition: '1 type, 2 status, 3 observedGeneration:int, 4 lastTransitionTime:time, 5 reason, 6 message',
	LabelSelector: '1 matchLabels:map, 2 matchExpressions:LabelSelectorRequirement[]',
	LabelSelectorRequirement: '1 key, 2 operator, 3 values:text[]',
	ObjectReference: '1 kind, 2 namespace, 3 name, 4 uid',

	// Parts of what JSON writes as one value.
	Timestamp: '1 seconds:int, 2 nanos:int',
	IntOrStringParts: '1 type:int, 2 intVal:int, 3 strVal',
	MapEntry: '1 key, 2 value',
	QuantityEntry: '1 key, 2 value:Quantity',
	Quantity: '1 string',

	Namespace: '1 metadata:ObjectMeta, 3 status:NamespaceStatus',
	NamespaceStatus: '1 phase',

	Node: '1 metadata:ObjectMeta, 2 spec:NodeSpec, 3 status:NodeStatus',
	NodeSpec: '3 providerID, 4 unschedulable:bool, 5 taints:Taint[], 7 podCIDRs:text[]',
	Taint: '1 key, 2 value, 3 effect',
	NodeStatus: '4 conditions:NodeCondition[], 5 addresses:NodeAddress[], 7 nodeInfo:NodeSystemInfo',
	NodeCondition: '1 type, 2 status, 4 lastTransitionTime:time, 5 reason, 6 message',
	NodeAddress: '1 type, 2 address',
	NodeSystemInfo: '7 kubeletVersion:text?',

	Pod: '1 metadata:ObjectMeta, 2 spec:PodSpec, 3 status:PodStatus',
	PodSpec:
		'2 containers:Container[], 6 dnsPolicy, 8 serviceAccountName, 10 nodeName, 11 hostNetwork:bool, 16 hostname,' +
		'17 subdomain, 20 initContainers:Container[], 23 hostAliases:HostAlias[], 26 dnsConfig:PodDNSConfig, 28 readinessGates:PodReadinessGate[]',
	HostAlias: '1 ip, 2 hostnames:text[]',
	PodDNSConfig: '1 nameservers:text[], 2 searches:text[], 3 options:PodDNSConfigOption[]',
	PodDNSConfigOption: '1 name, 2 value:text?',
	PodReadinessGate: '1 conditionType',
	Container: containerFields,
	MountingContainer: `${containerFields}, 9 volumeMounts:VolumeMount[]`,
	VolumeMount: '1 name, 3 mountPath, 4 subPath',
	Volume: '1 name, 2 volumeSource:+VolumeSource',
	VolumeSource: '19 configMap:ConfigMapVolumeSource',
	ConfigMapVolumeSource: '1 localObjectReference:+Named',
	ContainerPort: '1 name, 2 hostPort:int, 3 containerPort:int?, 4 protocol',
	EnvVar: '1 name, 2 value',
	Probe: '1 handler:+ProbeHandler',
	ProbeHandler: '1 exec:ExecAction, 2 httpGet:HTTPGetAction, 3 tcpSocket:TCPSocketAction, 4 grpc:GRPCAction',
	ExecAction: '',
	HTTPGetAction: '1 path, 2 port:IntOrString, 3 host, 4 scheme',
	TCPSocketAction: '1 port:IntOrString, 2 host',
	GRPCAction: '1 port:int?',
	PodStatus:
		'1 phase, 2 conditions:PodCondition[], 3 message, 4 reason, 5 hostIP, 6 podIP, 8 containerStatuses:ContainerStatus[],' +
		'10 initContainerStatuses:ContainerStatus[], 12 podIPs:PodIP[]',
	PodCondition: '1 type, 2 status, 4 lastTransitionTime:time, 5 reason, 6 message, 7 observedGeneration:int',
	PodIP: '1 ip',
	ContainerStatus:
		'1 name, 2 state:ContainerState, 3 lastState:ContainerState, 4 ready:bool, 5 restartCount:int',
	ContainerState:
		'1 waiting:ContainerStateWaiting, 2 running:ContainerStateRunning, 3 terminated:ContainerStateTerminated',
	ContainerStateWaiting: '1 reason, 2 message',
	ContainerStateRunning: '1 startedAt:time',
	ContainerStateTerminated: '1 exitCode:int?, 3 reason, 4 message, 5 startedAt:time, 6 finishedAt:time',

	Service: '1 metadata:ObjectMeta, 2 spec:ServiceSpec, 3 status:ServiceStatus',
	ServiceSpec:
		'1 ports:ServicePort[], 2 selector:map, 3 clusterIP, 4 type, 5 externalIPs:text[], 7 sessionAffinity, 8 loadBalancerIP,' +
		'9 loadBalancerSourceRanges:text[], 10 externalName, 11 externalTrafficPolicy, 12 healthCheckNodePort:int,' +
		'13 publishNotReadyAddresses:bool, 14 sessionAffinityConfig:SessionAffinityConfig, 17 ipFamilyPolicy:text?,' +
		'18 clusterIPs:text[], 19 ipFamilies:text[], 20 allocateLoadBalancerNodePorts:bool?, 21 loadBalancerClass:text?,' +
		'22 internalTrafficPolicy:text?, 23 trafficDistribution:text?',
	ServicePort:
		'1 name, 2 protocol, 3 port:int?, 4 targetPort:IntOrString, 5 nodePort:int, 6 appProtocol:text?',
	SessionAffinityConfig: '1 clientIP:ClientIPConfig',
	ClientIPConfig: '1 timeoutSeconds:int?',
	ServiceStatus: '1 loadBalancer:LoadBalancerStatus, 2 conditions:Condition[]',
	LoadBalancerStatus: '1 ingress:LoadBalancerIngress[]',
	LoadBalancerIngress: '1 ip, 2 hostname, 3 ipMode:text?, 4 ports:PortStatus[]',
	PortStatus: '1 port:int?, 2 protocol, 3 error:text?',

	EndpointSlice: '1 metadata:ObjectMeta, 2 endpoints:Endpoint[], 3 ports:EndpointPort[], 4 addressType',
	Endpoint:
		'1 addresses:text[], 2 conditions:EndpointConditions, 3 hostname:text?, 4 targetRef:ObjectReference,' +
		'6 nodeName:text?, 7 zone:text?, 8 hints:EndpointHints',
	EndpointConditions: '1 ready:bool?, 2 serving:bool?, 3 terminating:bool?',
	EndpointHints: '1 forZones:Named[], 2 forNodes:Named[]',
	EndpointPort: '1 name:text?, 2 protocol:text?, 3 port:int?, 4 appProtocol:text?',
	Named: '1 name',

	Ingress: '1 metadata:ObjectMeta, 2 spec:IngressSpec, 3 status:IngressStatus',
	IngressSpec:
		'1 defaultBackend:IngressBackend, 2 tls:IngressTLS[], 3 rules:IngressRule[], 4 ingressClassName:text?',
	IngressTLS: '1 hosts:text[], 2 secretName',
	IngressRule: '1 host, 2 ingressRuleValue:+IngressRuleValue',
	IngressRuleValue: '1 http:HTTPIngressRuleValue',
	HTTPIngressRuleValue: '1 paths:HTTPIngressPath[]',
	HTTPIngressPath: '1 path, 2 backend:IngressBackend, 3 pathType:text?',
	IngressBackend: '3 resource:TypedLocalObjectReference, 4 service:IngressServiceBackend',
	TypedLocalObjectReference: '2 kind, 3 name',
	IngressServiceBackend: '1 name, 2 port:ServiceBackendPort',
	ServiceBackendPort: '1 name, 2 number:int',
	IngressStatus: '1 loadBalancer:IngressLoadBalancerStatus',
	IngressLoadBalancerStatus: '1 ingress:IngressLoadBalancerIngress[]',
	IngressLoadBalancerIngress: '1 ip, 2 hostname',
	IngressClass: '1 metadata:ObjectMeta, 2 spec:IngressClassSpec',
	IngressClassSpec: '1 controller',

	NetworkPolicy: '1 metadata:ObjectMeta, 2 spec:NetworkPolicySpec',
	NetworkPolicySpec:
		'1 podSelector:LabelSelector, 2 ingress:NetworkPolicyIngressRule[], 3 egress:NetworkPolicyEgressRule[],' +
		'4 policyTypes:text[]',
	NetworkPolicyIngressRule: '1 ports:NetworkPolicyPort[], 2 from:NetworkPolicyPeer[]',
	NetworkPolicyEgressRule: '1 ports:NetworkPolicyPort[], 2 to:NetworkPolicyPeer[]',
	NetworkPolicyPeer: '1 podSelector:LabelSelector, 2 namespaceSelector:LabelSelector, 3 ipBlock:IPBlock',
	IPBlock: '1 cidr, 2 except:text[]',
	NetworkPolicyPort: '1 protocol:text?, 2 port:IntOrString, 3 endPort:int?',

	Deployment: '1 metadata:ObjectMeta, 2 spec:DeploymentSpec, 3 status:DeploymentStatus',
	DeploymentSpec: '1 replicas:int?, 2 selector:LabelSelector, 3 template:PodTemplateSpec',
	DeploymentStatus: '3 updatedReplicas:int, 7 readyReplicas:int',
	StatefulSet: '1 metadata:ObjectMeta, 2 spec:StatefulSetSpec, 3 status:StatefulSetStatus',
	StatefulSetSpec: '1 replicas:int?, 2 selector:LabelSelector, 3 template:PodTemplateSpec, 5 serviceName',
	StatefulSetStatus: '3 readyReplicas:int, 5 updatedReplicas:int',
	ReplicaSet: '1 metadata:ObjectMeta, 2 spec:ReplicaSetSpec, 3 status:ReplicaSetStatus',
	ReplicaSetSpec: '1 replicas:int?, 2 selector:LabelSelector, 3 template:PodTemplateSpec',
	ReplicaSetStatus: '4 readyReplicas:int',
	DaemonSet: '1 metadata:ObjectMeta, 2 spec:DaemonSetSpec, 3 status:DaemonSetStatus',
	DaemonSetSpec: '1 selector:LabelSelector, 2 template:PlacedPodTemplateSpec',
	DaemonSetStatus: '3 desiredNumberScheduled:int?, 4 numberReady:int, 6 updatedNumberScheduled:int',
	PodTemplateSpec: '1 metadata:ObjectMeta, 2 spec:TemplatePodSpec',
	// Of pods themselves, which may be thousands, mounts are passed over.
	TemplatePodSpec: '1 volumes:Volume[], 2 containers:MountingContainer[], 11 hostNetwork:bool',
	// Only of DaemonSets does a walk read where their pods may run; of thousands of pods it is passed over.
	PlacedPodTemplateSpec: '1 metadata:ObjectMeta, 2 spec:PlacedPodSpec',
	PlacedPodSpec:
		'1 volumes:Volume[], 2 containers:MountingContainer[], 7 nodeSelector:map, 11 hostNetwork:bool, 18 affinity:Affinity, 22 tolerations:Toleration[]',
	Affinity: '1 nodeAffinity:NodeAffinity',
	NodeAffinity: '1 requiredDuringSchedulingIgnoredDuringExecution:NodeSelector',
	NodeSelector: '1 nodeSelectorTerms:NodeSelectorTerm[]',
	NodeSelectorTerm: '1 matchExpressions:NodeSelectorRequirement[], 2 matchFields:NodeSelectorRequirement[]',
	NodeSelectorRequirement: '1 key, 2 operator, 3 values:text[]',
	Toleration: '1 key, 2 operator, 3 value, 4 effect',

	Event:
		'1 metadata:ObjectMeta, 2 involvedObject:ObjectReference, 3 reason, 4 message, 7 lastTimestamp:time, 8 count:int,' +
		'9 type, 10 eventTime:time, 11 series:EventSeries',
	EventSeries: '1 count:int, 2 lastObservedTime:time',

	ConfigMap: '1 metadata:ObjectMeta, 2 data:map',
};
