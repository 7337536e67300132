import {messages} from '../../../source/cluster/codec/protobuf/messages.ts';
import {createSchema} from '../../../source/cluster/codec/protobuf/schema.ts';

/** Fields that an API server sends and no projection reads (generated.proto of k8s.io/api, 1.35): a decoder has to pass over them. */
const more: Readonly<Record<string, string>> = {
	ObjectMeta: '2 generateName, 17 managedFields:ManagedFieldsEntry[]',
	ManagedFieldsEntry: '1 manager, 2 operation, 3 apiVersion, 4 time:time, 6 fieldsType, 7 fieldsV1:FieldsV1',
	FieldsV1: '1 Raw',
	PodSpec:
		'1 volumes:Volume[], 3 restartPolicy, 4 terminationGracePeriodSeconds:int, 19 schedulerName, 22 tolerations:Toleration[]',
	Volume: '1 name, 2 volumeSource:+VolumeSource',
	VolumeSource: '19 configMap:ConfigMapVolumeSource',
	ConfigMapVolumeSource: '1 localObjectReference:+LocalObjectReference, 3 defaultMode:int',
	LocalObjectReference: '1 name',
	Container:
		'8 resources:ResourceRequirements, 9 volumeMounts:VolumeMount[], 10 livenessProbe:Probe, 13 terminationMessagePath,' +
		'14 imagePullPolicy, 20 terminationMessagePolicy',
	ResourceRequirements: '1 limits:quantities, 2 requests:quantities',
	VolumeMount: '1 name, 2 readOnly:bool, 3 mountPath',
	PodStatus: '7 startTime:time, 9 qosClass',
	ContainerStatus: '6 image, 7 imageID, 8 containerID, 9 started:bool',
	NodeStatus: '1 capacity:quantities, 8 images:ContainerImage[]',
	ContainerImage: '1 names:text[], 2 sizeBytes:int',
	NodeSystemInfo:
		'1 machineID, 2 systemUUID, 3 bootID, 4 kernelVersion, 5 osImage, 6 containerRuntimeVersion',
};

const table = Object.entries(more).map(([name, fields]) => [
	name,
	messages[name] ? `${messages[name]}, ${fields}` : fields,
]);

export const fullMessageOf = createSchema({...messages, ...(Object.fromEntries(table) as typeof messages)});
