import type {Kind} from '../../model/kinds.ts';
import type {KindState} from '../../model/snapshot.ts';
import type {RuleSet} from '../../model/evidence.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import type {EvidenceField} from '../finding.ts';
import type {ProxyConfig} from '../../rules/kube-proxy/proxy-config.ts';

/** What makes Services work on a node, as far as objects and gathered rules say. */
export type ServiceProxy = {
	/** `kube-proxy`, or what does its work. Absent: not known. */
	readonly name?: string;
	/** Something else does the work of kube-proxy, or it runs inside of something else. Absent: it has pods of its own. */
	readonly how?: 'replaced' | 'inside';
	/** How rules are written; absent: not known, or in a way that knet does not know. */
	readonly mode?: RuleSet['mode'];
	/** For people: the mode of kube-proxy, the name of what replaces it, or `unknown`. */
	readonly text: string;
	readonly config: ProxyConfig;
	/** Whose pod on the node writes the rules. Absent: no pod does, or a static one. */
	readonly daemonSet?: Workload;
	readonly evidence: readonly EvidenceField[];
	/** Why it is not known. */
	readonly why?: string;
	/** Kinds that would have said it, and that cannot be read. */
	readonly unread: readonly {readonly kind: Kind; readonly namespace?: string; readonly state: KindState}[];
};
