import type {AnyObject, Kind} from '../model/kinds.ts';
import type {Service, ServicePort} from '../model/services/service.ts';

/**
The object that the server would hold after a manifest is applied: what it says, with the identity, the status and the
allocated fields of the one that is there. Source: metadata and status are the server's own (API conventions); Services
keep allocated addresses and ports (service/storage: PatchAllocatedValues).
*/
export function applied(kind: Kind, object: AnyObject, there: AnyObject | undefined): AnyObject {
	if (!there) {
		return object;
	}

	const {uid, resourceVersion, generation, createdAt, owner} = there;
	const withIdentity = {...object, uid, resourceVersion, generation, createdAt, owner};
	return {...withIdentity, ...statusOf(kind, withIdentity, there)};
}

const replicas = ['readyReplicas', 'updatedReplicas'];

/** Fields in which a projection keeps what a status says. */
const statusFields: Partial<Record<Kind, readonly string[]>> = {
	Pod: ['nodeName', 'phase', 'podIPs', 'hostIP', 'conditions', 'ready', 'restarts'],
	Deployment: replicas,
	StatefulSet: replicas,
	DaemonSet: replicas,
	ReplicaSet: replicas,
	Ingress: ['addresses'],
	Gateway: ['addresses', 'conditions', 'listenerStatus'],
};

/** Of routes and other kinds. */
const commonStatus = ['conditions', 'parents', 'listenerStatus'];

function statusOf(kind: Kind, object: AnyObject, there: AnyObject): Partial<AnyObject> {
	if (kind === 'Service') {
		return allocated(object as Service, there as Service);
	}

	const fields = statusFields[kind] ?? commonStatus;
	return Object.fromEntries(Object.entries(there).filter(([field]) => fields.includes(field)));
}

function allocated(object: Service, there: Service): Partial<Service> {
	const isSameType = object.type === there.type;
	return {
		clusterIPs: object.clusterIPs.length > 0 ? object.clusterIPs : there.clusterIPs,
		ipFamilies: object.ipFamilies.length > 0 ? object.ipFamilies : there.ipFamilies,
		ipFamilyPolicy: object.ipFamilyPolicy ?? there.ipFamilyPolicy,
		healthCheckNodePort: object.healthCheckNodePort ?? there.healthCheckNodePort,
		ports: object.ports.map((port) => ({...port, nodePort: port.nodePort ?? nodePortOf(port, there)})),
		loadBalancer: isSameType ? there.loadBalancer : [],
		conditions: there.conditions,
	};
}

function nodePortOf({port, protocol}: ServicePort, {ports}: Service): number | undefined {
	return ports.find((each) => each.port === port && each.protocol === protocol)?.nodePort;
}
