import {formerOwnApi, ownApi} from '../../model/own-api.ts';
import type {
	ConnectObservation,
	DnsObservation,
	Evidence,
	Failure,
	HttpObservation,
	NodeService,
	RulesObservation,
	TlsObservation,
	Vantage,
} from '../../model/evidence.ts';
import type {Kind} from '../../model/kinds.ts';
import type {KindState} from '../../model/snapshot.ts';
import type {WatchEvent} from '../../model/watch-event.ts';
import {objectShapes} from './object-shapes.ts';
import {
	boolean,
	list,
	map,
	number,
	object,
	oneOf,
	optional,
	record,
	text,
	variant,
	type Shape,
} from './shape.ts';
import type {RecordingHeader, RecordingLine} from './recording.ts';
import {protocol} from './common-shapes.ts';

export const header = object<RecordingHeader>({
	apiVersion: (value) => oneOf(ownApi)(value === formerOwnApi ? ownApi : value),
	kind: oneOf('Recording'),
	metadata: object<RecordingHeader['metadata']>({
		startedAt: number,
		context: optional(text),
		knetVersion: text,
	}),
});

/** A line of a recording, as if it had been projected just now: others may have written it. */
export const recordingLine: Shape<RecordingLine> = (value) => {
	const {t} = object({t: number})(value);
	return 'event' in record(value) ? {t, ...object({event})(value)} : {t, ...object({evidence})(value)};
};

const kind = oneOf(...(Object.keys(objectShapes) as Kind[]));

const omitted = optional(list(object({namespace: text, name: text, bytes: number})));

type State<Name extends KindState['state']> = Extract<KindState, {state: Name}>;

const state = variant<KindState>('state', {
	connecting: object<State<'connecting'>>({state: oneOf('connecting'), reason: optional(text)}),
	synced: object<State<'synced'>>({state: oneOf('synced'), omitted}),
	stale: object<State<'stale'>>({state: oneOf('stale'), since: number, reason: text, omitted}),
	forbidden: object<State<'forbidden'>>({
		state: oneOf('forbidden'),
		resource: text,
		group: text,
		reason: text,
	}),
	absent: object<State<'absent'>>({state: oneOf('absent'), why: oneOf('not-installed', 'not-in-input')}),
	'not-watched': object<State<'not-watched'>>({state: oneOf('not-watched')}),
});

const listWatch = {kind, scope: optional(text), selector: optional(text)};

type Named<Type extends WatchEvent['type']> = Extract<WatchEvent, {type: Type}>;

const bounds = object<Named<'init' | 'init-done'>>({...listWatch, type: oneOf('init', 'init-done')});
const removal = object<Named<'init-delete' | 'delete'>>({
	...listWatch,
	type: oneOf('init-delete', 'delete'),
	namespace: text,
	name: text,
	uid: optional(text),
	resourceVersion: optional(text),
});
const published = object<Named<'state'>>({...listWatch, type: oneOf('state'), state});

const apply: Shape<WatchEvent> = (value) => {
	const head = object({...listWatch, type: oneOf('init-apply', 'apply')})(value);
	const shape: Shape<unknown> = objectShapes[head.kind];
	return {...head, ...object({object: shape})(value)} as WatchEvent;
};

const event = variant<WatchEvent>('type', {
	init: bounds,
	'init-done': bounds,
	'init-delete': removal,
	delete: removal,
	state: published,
	'init-apply': apply,
	apply,
});

const vantage = variant<Vantage>('type', {
	machine: object({type: oneOf('machine')}),
	'api-server': object({type: oneOf('api-server')}),
	'port-forward': object({type: oneOf('port-forward'), namespace: text, pod: text}),
	node: object({type: oneOf('node'), node: text}),
	pod: object({type: oneOf('pod'), namespace: text, pod: text}),
});

const failure = variant<Failure>('failed', {
	forbidden: object({failed: oneOf('forbidden'), permission: text, message: text}),
	timeout: object({failed: oneOf('timeout'), message: text}),
	unavailable: object({failed: oneOf('unavailable'), message: text}),
});

function orFailure<T>(shape: Shape<T>): Shape<T | Failure> {
	return (value) => ('failed' in record(value) ? failure(value) : shape(value));
}

const shared = {at: number, vantage, ms: optional(number), of: map(text)};

const backends = list(object({address: text, port: number, probability: number}));

type Answered<Observation extends Evidence> = Exclude<Observation['result'], Failure>;

const evidence = variant<Evidence>('type', {
	dns: object<DnsObservation>({
		...shared,
		type: oneOf('dns'),
		subject: object({name: text, recordType: text, resolver: text}),
		result: orFailure(
			object<Answered<DnsObservation>>({
				rcode: text,
				answers: list(
					object<Answered<DnsObservation>['answers'][number]>({
						name: text,
						type: text,
						data: text,
						ttl: optional(number),
					}),
				),
			}),
		),
	}),
	connect: object<ConnectObservation>({
		...shared,
		type: oneOf('connect'),
		subject: object<ConnectObservation['subject']>({
			address: text,
			port: number,
			protocol,
			pod: optional(text),
			namespace: optional(text),
		}),
		result: orFailure(
			variant<Answered<ConnectObservation>>('outcome', {
				connected: object({outcome: oneOf('connected')}),
				refused: object({outcome: oneOf('refused'), message: text}),
				unreachable: object({outcome: oneOf('unreachable'), message: text}),
				reset: object({outcome: oneOf('reset'), message: text}),
			}),
		),
	}),
	tls: object<TlsObservation>({
		...shared,
		type: oneOf('tls'),
		subject: object({address: text, port: number, serverName: text}),
		result: orFailure((value): Answered<TlsObservation> =>
			'noHandshake' in record(value)
				? object({noHandshake: text})(value)
				: object<Exclude<Answered<TlsObservation>, {noHandshake: string}>>({
						protocol: text,
						names: list(text),
						issuer: text,
						subject: text,
						notBefore: number,
						notAfter: number,
						coversHost: boolean,
						trusted: boolean,
						error: optional(text),
					})(value),
		),
	}),
	http: object<HttpObservation>({
		...shared,
		type: oneOf('http'),
		subject: object<HttpObservation['subject']>({
			address: text,
			port: number,
			scheme: text,
			host: text,
			urlPath: text,
			pod: optional(text),
			namespace: optional(text),
			service: optional(text),
		}),
		result: orFailure(
			object<Answered<HttpObservation>>({
				status: number,
				server: optional(text),
				location: optional(text),
				message: optional(text),
			}),
		),
	}),
	rules: object<RulesObservation>({
		...shared,
		type: oneOf('rules'),
		subject: object({node: text}),
		result: orFailure(
			object<Answered<RulesObservation>>({
				mode: oneOf('iptables', 'nftables', 'ipvs', 'cilium'),
				families: optional(list(oneOf('IPv4', 'IPv6'))),
				services: map(object<NodeService>({backends, external: backends, rejects: boolean, drops: boolean})),
				unread: list(text),
			}),
		),
	}),
});
