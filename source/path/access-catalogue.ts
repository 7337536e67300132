import type {CatalogueEntry} from './catalogue-entry.ts';

/** 9xx: what knet may not, or cannot, see. */
export const accessFindings = {
	forbidden: {
		code: 'KNET901',
		slug: 'forbidden',
		severity: 'unknown',
		hop: 'any',
		access: 'forbidden',
		title: 'The API server does not let you list a kind that this hop needs',
		what: 'The API server refused a list with 403. Whether the objects exist is not known.',
		why: 'A hop that rests on objects that may not be read is unknown: knet calls it neither ok nor missing.',
		see: 'kubectl auth can-i list RESOURCE -n NAMESPACE',
		remedy:
			'Ask for a role with get, list and watch on that resource. `knet rbac` prints the least ClusterRole.',
	},
	notSynced: {
		code: 'KNET902',
		slug: 'not-synced',
		severity: 'unknown',
		hop: 'any',
		access: 'pending',
		title: 'The first list of a kind has not arrived yet',
		what: 'knet asked for the objects and has no complete answer so far.',
		why: 'A partial list would make existing objects look missing.',
		see: 'The header of the explorer shows each kind and its state.',
		remedy:
			'Wait; give a command that answers once a longer --request-timeout. If it stays so, the API server or the network in between is slow or down.',
	},
	stale: {
		code: 'KNET903',
		slug: 'stale',
		severity: 'unknown',
		hop: 'any',
		access: 'stale',
		title: 'The watch of a kind is down: what is shown is old',
		what: 'The connection broke and has not come back. The last known objects are kept, with their age.',
		why: 'What is shown was true at that time; the cluster may have changed since.',
		see: 'kubectl get --raw /readyz?verbose',
		remedy: 'Wait: knet reconnects by itself, with growing pauses. Look at the API server and the network.',
	},
	kindAbsent: {
		code: 'KNET904',
		slug: 'kind-absent',
		severity: 'unknown',
		hop: 'any',
		toldByClusters: true,
		title: 'The file holds no object of a kind that this hop needs',
		what: 'knet reads a file (-f) that has none of these objects, or only those of some namespaces. In the cluster there may be more.',
		why: 'An object that is not in the file may still be in the cluster.',
		see: 'kubectl get KIND -A -o json',
		remedy:
			'Write the dump with knet snapshot FILE, which has every kind; or add the kind: kubectl get KIND -A -o json. An empty typed list (kind: IngressList, items: []) says that there are none.',
	},
	objectTooLarge: {
		code: 'KNET905',
		slug: 'object-too-large',
		severity: 'unknown',
		hop: 'any',
		title: 'An object that this hop may need is too large to be read',
		what: 'A list held an object of more than 16 MiB. knet left it out, and knows at most its name.',
		why: 'The object exists in the cluster, and may be the one that the request needs.',
		see: 'kubectl get KIND -A -o name',
		remedy: 'Make the object smaller. etcd refuses objects above 1.5 MiB unless it is configured otherwise.',
	},
} satisfies Record<string, CatalogueEntry>;
