import type {IpFamily, Protocol} from './services/service.ts';

/** Where a check was made from. Only `pod`, `node` and (for public addresses) `machine` say anything of the data path. */
export type Vantage =
	| {readonly type: 'machine'}
	| {readonly type: 'api-server'}
	| {readonly type: 'port-forward'; readonly namespace: string; readonly pod: string}
	| {readonly type: 'node'; readonly node: string}
	| {readonly type: 'pod'; readonly namespace: string; readonly pod: string};

/** One observation. `at` in milliseconds. `of` holds the resourceVersions it rests on: when they change it is old. */
type Observation<Type extends string, Subject, Result> = {
	readonly type: Type;
	readonly at: number;
	readonly vantage: Vantage;
	readonly subject: Subject;
	readonly result: Result | Failure;
	readonly ms?: number;
	/** `Kind/namespace/name` → resourceVersion at the time. */
	readonly of: Readonly<Record<string, string>>;
};

/** A probe that could not be made, or that did not end. A result like any other, never an error. */
export type Failure =
	| {readonly failed: 'forbidden'; readonly permission: string; readonly message: string}
	| {readonly failed: 'timeout'; readonly message: string}
	| {readonly failed: 'unavailable'; readonly message: string};

export type DnsAnswer = {
	readonly name: string;
	readonly type: string;
	readonly data: string;
	readonly ttl?: number;
};

export type DnsObservation = Observation<
	'dns',
	{
		readonly name: string;
		readonly recordType: string;
		/** Which resolver: `machine`, or a DNS pod `namespace/name`. */ readonly resolver: string;
	},
	{readonly rcode: string; readonly answers: readonly DnsAnswer[]}
>;

export type ConnectOutcome =
	| {readonly outcome: 'connected'}
	| {readonly outcome: 'refused'; readonly message: string}
	| {readonly outcome: 'unreachable'; readonly message: string}
	| {readonly outcome: 'reset'; readonly message: string};

export type ConnectObservation = Observation<
	'connect',
	{
		readonly address: string;
		readonly port: number;
		readonly protocol: Protocol;
		readonly pod?: string;
		readonly namespace?: string;
	},
	ConnectOutcome
>;

export type TlsObservation = Observation<
	'tls',
	{readonly address: string; readonly port: number; readonly serverName: string},
	Handshake | NoHandshake
>;

/** What a server showed of itself. */
export type Handshake = {
	readonly protocol: string;
	readonly names: readonly string[];
	readonly issuer: string;
	readonly subject: string;
	readonly notBefore: number;
	readonly notAfter: number;
	readonly coversHost: boolean;
	readonly trusted: boolean;
	readonly error?: string;
};

/** The other end took the connection and no handshake came of it: an alert, something that is no TLS, a closed connection. */
export type NoHandshake = {readonly noHandshake: string};

export type HttpObservation = Observation<
	'http',
	{
		readonly address: string;
		readonly port: number;
		readonly scheme: string;
		readonly host: string;
		readonly urlPath: string;
		readonly pod?: string;
		readonly namespace?: string;
		readonly service?: string;
	},
	{readonly status: number; readonly server?: string; readonly location?: string; readonly message?: string}
>;

/** What a node's rules hold for one Service port. */
export type RuleSet = {
	readonly mode: 'iptables' | 'nftables' | 'ipvs' | 'cilium';
	/** Which proxiers' rules the dump holds; absent: not known. A family that is not in it proves nothing. */
	readonly families?: readonly IpFamily[];
	/** By `namespace/name:portName/PROTOCOL`: where the node sends, or what it does instead. */
	readonly services: Readonly<Record<string, NodeService>>;
	/** Lines that could not be read, at most a few, for the report. */
	readonly unread: readonly string[];
};

export type NodeService = {
	/** `address:port` with its probability. */
	readonly backends: readonly {
		readonly address: string;
		readonly port: number;
		readonly probability: number;
	}[];
	readonly external: readonly {
		readonly address: string;
		readonly port: number;
		readonly probability: number;
	}[];
	readonly rejects: boolean;
	readonly drops: boolean;
};

export type RulesObservation = Observation<'rules', {readonly node: string}, RuleSet>;

export type Evidence =
	| DnsObservation
	| ConnectObservation
	| TlsObservation
	| HttpObservation
	| RulesObservation;
export type EvidenceType = Evidence['type'];

/** Reads what was gathered. Newest first; nothing here was ever fetched by an evaluation. */
export type EvidenceReader = {
	list<T extends EvidenceType>(type: T): readonly Extract<Evidence, {type: T}>[];
};

export function isFailure(result: object): result is Failure {
	return 'failed' in result;
}
