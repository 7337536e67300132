import type {Kind} from '../../model/kinds.ts';

type Name = {readonly namespace: string; readonly name: string};

/** Names of what there is, of a cluster or of files. Rejects when it cannot be told. */
export type Names = {
	/** `namespace`: absent: that of the line; `*`: all. */
	list(kind: Kind, namespace?: string): Promise<readonly Name[]>;
	/** Of a Service: names and numbers. */
	ports(service: string, namespace?: string): Promise<readonly string[]>;
	/** Of Ingresses. */
	urls(): Promise<readonly string[]>;
	close(): Promise<void>;
};
