import {Buffer} from 'node:buffer';
import {encodeFrame, encodeMessage, withLength} from '../../schedules/encode.ts';
import type {Kind} from '../../../source/model/kinds.ts';
import {record, type Wire} from '../../../source/projection/wire.ts';
import {fullMessageOf} from './messages.ts';
import * as objects from './objects.ts';
import {createStamp, type Stamp, type Values} from './stamp.ts';
import {tableRow} from './table.ts';

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED';
export type Format = 'json' | 'protobuf' | 'table';

/** One object in all the forms in which it is sent. */
type Forms = {
	readonly items: Readonly<Record<Format, Stamp>>;
	event(type: EventType, format: Format): Stamp;
};

/** The objects of one kind: as many as a cluster of that size has, none of them held in memory. */
export type Bulk = {
	readonly kind: Kind;
	readonly apiVersion: string;
	readonly count: number;
	/** The first and the one after the last of a namespace. */
	range(namespace: string | undefined): readonly [number, number];
	formsOf(index: number): Forms;
	values(index: number): Values;
	namespaceOf(index: number): string;
};

const podsOfService = 15;
const servicesOfNamespace = 50;
const podsOfNode = 30;

/** Every third octet and every position has three digits. */
const hundred = 100;

export function createBulks(pods: number): ReadonlyMap<string, Bulk> {
	const services = Math.ceil(pods / podsOfService);
	const nodes = Math.ceil(pods / podsOfNode);
	const ofService = (s: number, u: number): Values => ({
		s,
		u,
		n: Math.floor(s / servicesOfNamespace),
		a: hundred + Math.floor(s / hundred),
		b: hundred + (s % hundred),
	});
	const nodeOf = (s: number, position: number): number => (s * 7 + position * 331) % nodes;

	const ofNode = (k: number): Values => ({
		k,
		u: k,
		a: hundred + Math.floor(k / hundred),
		b: hundred + (k % hundred),
	});
	const podsOfServices = bulk('Pod', 'v1', {
		wires: [objects.pod],
		perService: podsOfService,
		services,
		values: (index) => {
			const [s, position] = [Math.floor(index / podsOfService), index % podsOfService];
			return {...ofService(s, index), p: hundred + position, k: nodeOf(s, position)};
		},
	});
	const kubeProxies = bulk('Pod', 'v1', {
		wires: [objects.kubeProxyPod],
		count: nodes,
		namespace: 'kube-system',
		values: ofNode,
	});

	return new Map(
		[
			together(podsOfServices, kubeProxies),
			bulk('Service', 'v1', {
				wires: [objects.service],
				perService: 1,
				services,
				values: (s) => ({
					...ofService(s, s),
					c: 200,
					d: hundred + Math.floor(s / hundred),
					e: hundred + (s % hundred),
				}),
			}),
			bulk('EndpointSlice', 'discovery.k8s.io/v1', {
				wires: [0, 1].map((half) => objects.slice(half === 0 ? 'first' : 'other', positionsOf(half))),
				perService: 2,
				services,
				values: (index) => {
					const s = Math.floor(index / 2);
					const ofNodes = positionsOf(index % 2).map((position, at) => [
						`k${String.fromCharCode(65 + at)}`,
						nodeOf(s, position - hundred),
					]);
					return {...ofService(s, index), ...(Object.fromEntries(ofNodes) as Values)};
				},
			}),
			bulk('Ingress', 'networking.k8s.io/v1', {
				wires: [objects.ingress],
				perService: 0.5,
				services,
				values: (index) => ofService(index * 2, index),
			}),
			bulk('Node', 'v1', {
				wires: [objects.node],
				count: nodes,
				values: (k) => ({k, u: k, a: hundred + Math.floor(k / hundred), b: hundred + (k % hundred)}),
			}),
			bulk('Namespace', 'v1', {
				wires: [objects.namespace],
				count: Math.ceil(services / servicesOfNamespace),
				values: (n) => ({n, u: n}),
			}),
		].map((each) => [each.kind, each]),
	);
}

function positionsOf(half: number): readonly number[] {
	const first = objects.endpointsOfSlice;
	return Array.from(
		{length: half === 0 ? first : podsOfService - first},
		(_, at) => hundred + half * first + at,
	);
}

type Making = {
	/** Objects take turns in these. */
	readonly wires: readonly Wire[];
	readonly values: Bulk['values'];
} & (
	| {readonly perService: number; readonly services: number}
	| {readonly count: number; readonly namespace?: string}
);

/** Objects of one kind, some of which belong to Services and others to nodes. */
function together(first: Bulk, second: Bulk): Bulk {
	const from = first.count;
	return {
		...first,
		count: from + second.count,
		range(namespace) {
			const [start, end] = second.range(namespace);
			return namespace === undefined
				? [0, from + second.count]
				: start < end
					? [from + start, from + end]
					: first.range(namespace);
		},
		formsOf: (index) => (index < from ? first.formsOf(index) : second.formsOf(index - from)),
		values: (index) => (index < from ? first.values(index) : second.values(index - from)),
		namespaceOf: (index) => (index < from ? first.namespaceOf(index) : second.namespaceOf(index - from)),
	};
}

function bulk(kind: Kind, apiVersion: string, making: Making): Bulk {
	const forms = making.wires.map((wire) => formsOf(kind, apiVersion, wire));
	const count = 'count' in making ? making.count : Math.floor(making.services * making.perService);
	return {
		kind,
		apiVersion,
		count,
		range(namespace) {
			if (namespace === undefined || ('namespace' in making && namespace === making.namespace)) {
				return [0, count];
			}

			const [, number] = /^team-(\d{3})$/u.exec(namespace) ?? [];
			if (number === undefined || 'count' in making) {
				return [0, 0];
			}

			const each = servicesOfNamespace * making.perService;
			return [Math.min(Number(number) * each, count), Math.min((Number(number) + 1) * each, count)];
		},
		formsOf: (index) => forms[index % forms.length] as Forms,
		values: making.values,
		namespaceOf(index) {
			const number = making.values(index)['n'];
			return 'namespace' in making && making.namespace !== undefined
				? making.namespace
				: number === undefined || kind === 'Namespace'
					? ''
					: `team-${String(number).padStart(3, '0')}`;
		},
	};
}

function formsOf(kind: Kind, apiVersion: string, wire: Wire): Forms {
	const protobuf = encodeMessage(fullMessageOf(kind), inProtobuf(wire));
	const json = (text: unknown): Stamp => createStamp(Buffer.from(JSON.stringify(text)));
	const events = new Map<string, Stamp>();
	return {
		items: {
			json: json(wire),
			protobuf: createStamp(withLength(2, protobuf)),
			table: json(tableRow(wire)),
		},
		event(type, format) {
			const key = `${type}/${format}`;
			const object = {kind, apiVersion, ...wire};
			const made =
				events.get(key) ??
				createStamp(
					format === 'protobuf'
						? encodeFrame(type, kind, protobuf)
						: Buffer.from(`${JSON.stringify({type, object})}\n`),
				);
			events.set(key, made);
			return made;
		},
	};
}

/** Managed fields are a text of JSON in protobuf. */
export function inProtobuf(wire: Wire): Wire {
	const metadata = record(wire['metadata']);
	const managedFields = (metadata['managedFields'] as readonly Wire[] | undefined)?.map((entry) => ({
		...entry,
		fieldsV1: {Raw: JSON.stringify(entry['fieldsV1'])},
	}));
	return {...wire, metadata: {...metadata, managedFields}};
}
