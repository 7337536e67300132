/** A request as far as rules look at it. */
export type HttpRequest = {
	readonly scheme: 'http' | 'https';
	/** What the client uses, where TLS ends before the controller. */
	readonly clientScheme?: 'https';
	/** What the rules see: without port and trailing dot, lower case. '' when the client uses an address. */
	readonly host: string;
	/** The Host header as the client sends it, where that differs: upper case, or the dot of the root. */
	readonly hostHeader?: string;
	/** Where the client connects to, if a Host header names another host than the URL. */
	readonly connectTo?: string;
	/** The port the client connects to. */
	readonly port: number;
	/** Path of the URL, at least `/`, without the query. */
	readonly urlPath: string;
	readonly method: string;
	readonly headers: readonly {readonly name: string; readonly value: string}[];
	readonly query: readonly {
		readonly name: string;
		readonly value: string;
		/** As the URL has it, where that is not how it would be encoded: a name without `=`, or `%41`. */
		readonly written?: string;
	}[];
};

/** Where the request starts. */
export type Source =
	| {readonly kind: 'external'; readonly ip?: string}
	| {readonly kind: 'pod'; readonly namespace: string; readonly name: string}
	/** Without a name: any node. */
	| {readonly kind: 'node'; readonly name?: string};

/** Workloads whose pods can be asked from and traced to. */
export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet' | 'Job';

/** A source as a person names it: for a workload, the walk finds its pods. */
export type RequestedSource =
	| Source
	| {
			readonly kind: 'workload';
			readonly workload: WorkloadKind;
			readonly namespace: string;
			readonly name: string;
	  };

/** How a request is made: from where, and what a URL does not say of it. Absent: as suits the target. */
export type TraceOptions = {readonly from?: RequestedSource; readonly request?: RequestOptions};

/** What of a request is not in its URL. */
export type RequestOptions = {
	readonly method?: string;
	readonly headers?: HttpRequest['headers'];
	readonly query?: HttpRequest['query'];
};
