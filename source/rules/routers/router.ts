import type {KindMap} from '../../model/kind-map.ts';
import type {FollowedRouter} from '../../model/routes/router-kinds.ts';
import type {HttpRequest, Source} from '../../model/request.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import type {Controller} from '../controllers/record/controller.ts';
import type {ControllerRecord} from '../controllers/record/record.ts';
import type {Answers, Facts, Flags} from '../controllers/record/facts.ts';
import type {Version} from '../version.ts';
import type {Rank} from '../rank.ts';
import type {RouterBackend} from './backends.ts';

/** A kind of object by which one controller or project routes requests in a way of its own. One record a kind. */
export type RouterOf<K extends FollowedRouter> = {
	readonly kind: K;
	/** Files of source, tests or documentation that the record rests on, with versions. */
	readonly sources: readonly string[];
	/** Controllers that serve it. */
	readonly servedBy: readonly ControllerRecord[];
	/** Where its hosts stand in the object: `spec.virtualhost.fqdn`. */
	readonly hostField: string;
	/** How `*.x` in its hosts is read. */
	readonly wildcard: 'one-label' | 'suffix';
	/** Whether a running controller takes the object. Undefined: not known. */
	takes(object: KindMap[K], claimant: RouterClaimant): boolean | undefined;
	/** Why a controller that runs here does not take the object, where another thing than its class is the reason. */
	whyNotTaken?(object: KindMap[K]): Omit<RouterProblem, 'type' | 'ends' | 'object'> | undefined;
	/** Each port is a listener of its own: what comes on it is judged by that, not by the scheme. */
	readonly listensByPort?: true;
	/** The flag that names the class it takes, as evidence. */
	readonly classFlag?: string;
	/** Whether a workload has the clients' connections. Absent: the controller itself, or its record's `dataPlane`. */
	isDataPlane?(snapshot: Snapshot, object: KindMap[K], workload: Workload): boolean;
	/** Why no workload has the connections: where the labels stand that none has. */
	whyNoDataPlane?(snapshot: Snapshot, object: KindMap[K]): Omit<RouterProblem, 'type' | 'ends'> | undefined;
	/** Where no workload has the object: whether every one that runs answers 404 to the request. */
	isUnknownHost?(snapshot: Snapshot, request: HttpRequest): boolean;
	/** Why no request of a client here leads to the object. Absent: it names no host, and nothing includes it. */
	whyNoRequest?(snapshot: Snapshot, object: KindMap[K]): NoRequest | undefined;
	/** Why the controller cannot read a rule of the object: the first such rule. Absent: it reads all. */
	whyUnread?(object: KindMap[K]): Pick<RouterProblem, 'field' | 'value' | 'why'> | undefined;
	/** The status says that a controller serves the object, whether it is seen or not. */
	isSaidToBeServed?(object: KindMap[K]): boolean;
	/** Objects by which the object gets requests: itself, or those that include it. */
	rootsOf(snapshot: Snapshot, object: KindMap[K]): readonly KindMap[K][];
	/** Hosts that a root names; '' for any host. */
	hostsOf(snapshot: Snapshot, object: KindMap[K]): readonly string[];
	/** Requests that the rules of the object are meant for. */
	requestsOf(snapshot: Snapshot, object: KindMap[K]): readonly RouterRequest[];
	/** Services of its rules. */
	routesTo(object: KindMap[K]): readonly RouterReference[];
	/** From its status, where it has one. */
	addressesOf?(object: KindMap[K]): readonly {readonly ip?: string; readonly hostname?: string}[];
	/** Which rule takes a request. */
	decide(input: RouterInputOf<K>): RouterDecision;
	answers(facts: Facts): Answers;
};

/** Any router that is followed. */
export type Router = RouterOf<FollowedRouter>;

/** An object of any router that is followed. */
export type RouterObject = KindMap[FollowedRouter];

/** `isOpen`: clients that are not seen here may have use for it. */
export type NoRequest = Pick<RouterProblem, 'field' | 'value' | 'why'> & {readonly isOpen: boolean};

/** A running controller that is asked whether it takes an object. */
export type RouterClaimant = {
	readonly snapshot: Snapshot;
	readonly flags: Flags;
	/** Of its image's tag. */
	readonly version?: Version;
	readonly workload: Workload;
};

export type RouterRequest = {
	readonly request: HttpRequest;
	/** A URL says it all: no wildcard, no method but GET, no header or query that must be there. */
	readonly plain: boolean;
	/** A regular expression, or an address, has the last word: the rule may not take this request. */
	readonly isGuess?: boolean;
};

type RouterReference = {readonly namespace: string; readonly name: string; readonly host: string};

export type RouterInputOf<K extends FollowedRouter> = {
	readonly snapshot: Snapshot;
	readonly controller: Controller;
	readonly request: HttpRequest;
	readonly client: Source;
	/** All that the controller serves, of every namespace. */
	readonly objects: readonly KindMap[K][];
};

/** A rule of an object, as people find it again. */
export type RouterRule = {
	readonly object: ObjectRef;
	/** `spec.routes[0]`. */
	readonly field: string;
	/** Position of the rule, from 0. */
	readonly rule?: number;
	/** The rule in words: `prefix /api`. */
	readonly text: string;
	/** '' for any host. */
	readonly host: string;
	readonly pathType?: string;
	readonly value?: string;
};

export type RouterRedirect = {readonly status: number; readonly location: string};

/** What the controller does with a request. */
export type RouterDecision = {
	/** The rule that takes it. Absent: none does. */
	readonly rule?: RouterRule;
	readonly backends: readonly RouterBackend[];
	readonly redirect?: RouterRedirect;
	/** What the controller answers itself. */
	readonly answer?: {
		readonly status: number;
		readonly why: string;
		/** The rule is there for this answer, and names no Service. */
		readonly isMeant?: true;
	};
	/** What happens to the request on its way, in words. */
	readonly changes: readonly string[];
	/** Rules that match too and lose, and rules that are left out. */
	readonly losers: readonly {readonly rule: RouterRule; readonly why: string}[];
	readonly problems: readonly RouterProblem[];
	/** What could not be decided, in words: then the hop is unknown, and nothing behind it is followed. */
	readonly undecided: readonly string[];
	/** What the client gets, where it is not what the controller answers otherwise. */
	readonly answers?: Answers;
	/** Another kind of rule of the same controller goes first where its rule ranks higher. */
	readonly rank?: Rank;
};

/** Something that is wrong with an object. */
export type RouterProblem = {
	readonly type:
		/** The controller leaves the object out, or a part of it. */
		| 'refused'
		/** Nothing takes such a connection on the port. */
		| 'port-closed'
		/** No TLS for the host, although https was asked for. */
		| 'no-tls'
		/** The Secret of the certificate does not exist. */
		| 'no-secret'
		/** It sends to ports of a Service that are not alternatives. */
		| 'mixed-ports'
		/** Nothing includes the object, or leads to it. */
		| 'orphaned';
	readonly object: ObjectRef;
	readonly field: string;
	readonly value: string;
	/** Where the reason stands, if not in the field. */
	readonly seenAt?: {readonly object: ObjectRef; readonly field: string; readonly value: string};
	/** Absent: to correct the field. */
	readonly remedy?: string;
	/** Where what is missing would have to be; absent: in the object's own. */
	readonly namespace?: string;
	/** In words, as a sentence goes on after `because`. */
	readonly why: string;
	/** It is why the request goes no further: `tls-error`, or the answer for no rule. `nobody`: what the client sees is not told. */
	readonly ends?: 'tls-error' | 'no-rule' | 'refused' | 'nobody';
	/** Another object takes the request: `instead` of this one, which would have gone first, or `anyway`. */
	readonly taken?: 'instead' | 'anyway';
};

export const noDecision: RouterDecision = {
	backends: [],
	changes: [],
	losers: [],
	problems: [],
	undecided: [],
};
