import type {Meta} from '../meta.ts';

/** Source: projectcalico.org/v3 FelixConfiguration; `default` is for all nodes, `node.NAME` for one. */
export type FelixConfiguration = Meta & {
	/** Calico's eBPF data plane is on. Absent: not said here. */
	readonly bpfEnabled?: boolean;
	/** Its rules answer what policies deny with REJECT, where it writes rules. Absent: they drop it. */
	readonly rejects?: true;
};
