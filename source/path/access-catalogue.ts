import type {CatalogueEntry} from './catalogue-entry.ts';

/** 9xx: what knet may not, or cannot, see. */
export const accessFindings = {
	forbidden: {
		code: 'KNET901',
		slug: 'forbidden',
		severity: 'unknown',
		hop: 'any',
		title: 'The API server does not let you list a kind that this hop needs.',
		what: 'A list was refused with 403. Nothing is said about the objects: they may be there, or not.',
		why: 'A hop that rests on objects nobody may read is unknown, never green and never "missing".',
		see: 'kubectl auth can-i list RESOURCE -n NAMESPACE',
		mend: 'Ask for a role with get, list and watch on that resource. `knet rbac` prints the least ClusterRole.',
	},
	notSynced: {
		code: 'KNET902',
		slug: 'not-synced',
		severity: 'unknown',
		hop: 'any',
		title: 'The first list of a kind has not arrived yet.',
		what: 'knet asked for the objects and has no complete answer so far.',
		why: 'A partial list would make existing objects look missing.',
		see: 'The header of the explorer shows each kind and its state.',
		mend: 'Wait; if it stays, the API server or the network in between is slow or down.',
	},
	stale: {
		code: 'KNET903',
		slug: 'stale',
		severity: 'unknown',
		hop: 'any',
		title: 'The watch of a kind is down: what is shown is old.',
		what: 'The connection broke and has not come back. The last known objects are kept, with their age.',
		why: 'What is shown was true then; the cluster may have moved on.',
		see: 'kubectl get --raw /readyz?verbose',
		mend: 'knet reconnects by itself with growing pauses. Look at the API server and the network.',
	},
	kindAbsent: {
		code: 'KNET904',
		slug: 'kind-absent',
		severity: 'unknown',
		hop: 'any',
		title: 'The file holds no object of a kind that this hop needs.',
		what: 'knet reads a file (-f) that has none of these objects. In the cluster they may exist.',
		why: 'Absence from a file is not absence from a cluster.',
		see: 'kubectl get KIND -A -o yaml',
		mend: 'Add the kind to the dump: kubectl get services,endpointslices,pods,ingresses,ingressclasses,nodes -A -o yaml.',
	},
} satisfies Record<string, CatalogueEntry>;
