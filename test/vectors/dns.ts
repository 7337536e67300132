import {isDeepStrictEqual} from 'node:util';
import type {KindMap} from '../../source/model/kind-map.ts';
import type {Snapshot} from '../../source/model/snapshot.ts';
import type {WatchEvent} from '../../source/model/watch-event.ts';
import {answer} from '../../source/rules/cluster-dns/answers/answer.ts';
import {kubernetesDefaults, type DnsConfig} from '../../source/rules/cluster-dns/corefile/config.ts';
import {endpointLabel} from '../../source/rules/cluster-dns/endpoint-label.ts';
import {limitNameservers, limitSearches} from '../../source/rules/cluster-dns/client/limits.ts';
import {fqdn, isWithin, sameName} from '../../source/rules/cluster-dns/name.ts';
import {parseName} from '../../source/rules/cluster-dns/parse-name.ts';
import type {DnsRecord} from '../../source/rules/cluster-dns/record.ts';
import {podDnsType, resolvConfOf} from '../../source/rules/cluster-dns/client/resolv-conf.ts';
import {resolveAs} from '../../source/rules/cluster-dns/client/resolve-as.ts';
import {searchTries} from '../../source/rules/cluster-dns/client/search.ts';
import {slicesFor} from '../../source/rules/endpoint-slices/expected-slices.ts';
import {project} from '../../source/projection/project.ts';
import {list, record, text, texts, type Wire} from '../../source/projection/wire.ts';
import {createStore} from '../../source/store/store.ts';

/** A case of the vectors: what upstream says happens. */
export type VectorCase = {
	readonly id: string;
	readonly given: Wire;
	readonly when: Wire;
	readonly expect: Wire;
	readonly feature?: string;
};

export type VectorResult =
	| {readonly pass: boolean; readonly expected: unknown; readonly got: unknown}
	| {readonly skip: string};

/** Runs a DNS case through the functions that the walk uses. Only fields that the case expects are compared. */
export function runDnsCase({given, when, expect}: VectorCase): VectorResult {
	switch (when['query']) {
		case 'dns':
			return queryCase(given, when, expect);
		case 'resolve':
			return resolveCase(given, when, expect);
		case 'parseName':
			return compareParsed(expect, parseCase(given, when));
		case 'endpointLabel':
			return compare(expect, {label: labelCase(given)});
		case 'resolvConf':
			return resolvConfCase(given, expect);
		case 'podDNSType':
			return compare(expect, {type: podDnsType(podOf(given))});
		case 'searchLimits': {
			const {values, exceeded} = limitSearches(
				texts(given['searches']),
				given['expandedDNSConfig'] !== false,
			);
			return compare(expect, {searches: values, warning: exceeded});
		}
		case 'nameserverLimits': {
			const {values, exceeded} = limitNameservers(texts(given['nameservers']));
			return compare(expect, {nameservers: values, warning: exceeded});
		}
		default:
			return {skip: `no such query: ${text(when['query'])}`};
	}
}

function queryCase(given: Wire, when: Wire, expect: Wire): VectorResult {
	const outcome = answer(snapshotOf(given), configOf(given), {
		question: {name: text(when['qname']), type: text(when['qtype'])},
		upstream: upstreamOf(given),
	});
	const got = {
		kind: outcome.kind,
		rcode: outcome.rcode,
		answer: outcome.answers.map(wireRecord),
		additional: outcome.additional.map(wireRecord),
		authoritySOA: outcome.authority,
	};
	return compareDns(expect, got);
}

function compareDns(expect: Wire, got: Record<string, unknown>): VectorResult {
	const pass = Object.entries(expect).every(([key, value]) => {
		switch (key) {
			case 'answer':
			case 'additional':
				return sameRecords(list(value).map(record), list(got[key]).map(record));
			case 'additionalOptional':
				return true;
			case 'authoritySOA':
				return text(value) === got[key];
			default:
				return value === got[key];
		}
	});
	return {pass, expected: expect, got};
}

/** As sets; of each record only the fields that the case has; names without regard to case. */
function sameRecords(expected: readonly Wire[], got: readonly Wire[]): boolean {
	return (
		expected.length === got.length &&
		expected.every((item) =>
			got.some((other) =>
				Object.entries(item).every(([key, value]) => sameName(String(value), String(fieldOf(other, key)))),
			),
		)
	);
}

/** Cases name the text of a TXT record in several ways. */
function fieldOf(item: Wire, key: string): unknown {
	return item['type'] === 'TXT' && !(key in item) ? item['text'] : item[key];
}

function wireRecord(item: DnsRecord): Wire {
	return {...item};
}

function resolveCase(given: Wire, when: Wire, expect: Wire): VectorResult {
	const conf = record(given['resolvConf']);
	const request = {
		name: text(when['name']),
		resolvConf: {searches: texts(conf['searches']), options: texts(conf['options'])},
		resolver: given['libc'] === 'musl' ? ('musl' as const) : ('glibc' as const),
	};
	const candidates = searchTries(request.name, request.resolvConf, request.resolver);
	const resolution = given['dns'] ? resolveAs(snapshotOf(given), configOf(given), request) : undefined;
	const addresses = resolution?.tries
		.at(-1)
		?.outcomes.flatMap(({outcome}) => outcome.answers.map((item) => ('address' in item ? item.address : '')));
	const got = {
		candidates,
		tries: resolution?.tries.map(({name}) => name) ?? candidates,
		resolved: resolution?.resolved ?? null,
		addresses: resolution?.resolved ? addresses : [],
	};
	return {pass: matchesResolution(expect, got), expected: expect, got};
}

function matchesResolution(
	expect: Wire,
	got: {
		readonly candidates: readonly string[];
		readonly tries: readonly string[];
		readonly resolved: string | null;
		readonly addresses?: readonly string[];
	},
): boolean {
	return Object.entries(expect).every(([key, value]) => {
		switch (key) {
			case 'tries':
				return [got.tries, got.candidates].some((names) => same(value, names));
			case 'firstTry':
				return value === got.candidates[0];
			case 'lastTry':
				return value === got.candidates.at(-1);
			case 'resolved':
				return value === null || value === false
					? got.resolved === null
					: value === true
						? got.resolved !== null
						: namesOf(value).every((name) => isResolution(name, got));
			case 'address':
			case 'addresses':
			case 'answer':
				return namesOf(value).every((name) => isResolution(name, got));
			default:
				// How many names are asked for, whatever a case calls it.
				return typeof value === 'number' && value === got.candidates.length;
		}
	});
}

/** A resolution is told by a name, an address, a record, or several of them. */
function namesOf(value: unknown): readonly string[] {
	if (Array.isArray(value)) {
		return value.flatMap(namesOf);
	}

	const {name, address} = record(value);
	return typeof value === 'string' ? [value] : [name, address].filter((item) => typeof item === 'string');
}

function isResolution(
	name: string,
	got: {readonly resolved: string | null; readonly addresses?: readonly string[]},
): boolean {
	return got.addresses?.includes(name) === true || (got.resolved !== null && fqdn(name) === got.resolved);
}

function parseCase(given: Wire, when: Wire): {readonly valid: boolean; readonly fields?: object} {
	const {plugin} = pluginOf(given);
	const name = text(when['qname']).toLowerCase();
	const zone = plugin.zones.find((item) => isWithin(item, name)) ?? plugin.zones[0] ?? '.';
	const parsed = parseName(name, zone, plugin.zonal);
	if (!parsed) {
		return {valid: false};
	}

	return {valid: true, fields: parsed};
}

/** Only the fields that the case has. */
function compareParsed(expect: Wire, got: {readonly valid: boolean; readonly fields?: object}): VectorResult {
	const fields = Object.entries(record(expect['fields']));
	const pass =
		expect['valid'] === got.valid && fields.every(([key, value]) => record(got.fields)[key] === value);
	return {pass, expected: expect, got};
}

function labelCase(given: Wire): string {
	const wire = record(given['endpoint']);
	const slice = project('EndpointSlice', {endpoints: [wire]});
	const [endpoint] = slice.endpoints;
	return endpoint ? endpointLabel(endpoint, endpoint.addresses[0] ?? '', pluginOf(given).plugin) : '';
}

function resolvConfCase(given: Wire, expect: Wire): VectorResult {
	const kubelet = record(given['kubelet']);
	const host = record(kubelet['hostResolvConf']);
	const got = resolvConfOf(podOf(given), {
		clusterDns: texts(kubelet['clusterDNS']),
		clusterDomain: text(kubelet['clusterDomain']),
		host: {
			nameservers: texts(host['nameservers']),
			searches: texts(host['searches']),
			options: texts(host['options']),
		},
	});
	// Upstream keeps options in a map: their order is not asserted.
	const sorted = (options: unknown): readonly string[] => texts(options).toSorted();
	return compare(
		{...expect, ...(expect['options'] ? {options: sorted(expect['options'])} : {})},
		{...got, options: sorted(got.options)},
	);
}

function compare(expect: Wire, got: unknown): VectorResult {
	const pass = Object.entries(expect).every(([key, value]) => same(value, record(got)[key]));
	return {pass, expected: expect, got};
}

function same(a: unknown, b: unknown): boolean {
	return isDeepStrictEqual(a, b);
}

function podOf(given: Wire): KindMap['Pod'] {
	return project('Pod', record(given['pod']));
}

function pluginOf(given: Wire) {
	const dns = record(given['dns']);
	const pods = dns['pods'];
	const plugin = {
		...kubernetesDefaults,
		zones: zonesOf(dns),
		ttl: typeof dns['ttl'] === 'number' ? dns['ttl'] : kubernetesDefaults.ttl,
		pods: pods === 'insecure' || pods === 'verified' ? pods : kubernetesDefaults.pods,
		namespaces: texts(dns['namespaces']),
		endpointPodNames: dns['endpointPodNames'] === true,
		ignoreEmptyService: dns['ignoreEmptyService'] === true,
		zonal: dns['zonal'] === true,
		synced: isSynced({...given, ...dns}),
		localAddresses: texts([dns['nsAddress']].filter(Boolean)),
	} as const;
	return {plugin};
}

/** `synced: false`, `notSynced: true` and the like: CoreDNS has not listed the API yet. */
function isSynced(wire: Wire): boolean {
	return !Object.entries(wire).some(
		([key, value]) => /sync/iu.test(key) && value === /(?:not|un)_?synced/iu.test(key),
	);
}

/** The specification, which the cases with `specVersion` follow, has the reverse zones in the cluster's own schema. */
function zonesOf(dns: Wire): readonly string[] {
	const zones = texts(dns['zones']);
	const reverse = dns['specVersion'] === undefined ? [] : ['in-addr.arpa.', 'ip6.arpa.'];
	return [...(zones.length > 0 ? zones : ['cluster.local.']), ...reverse];
}

function configOf(given: Wire): DnsConfig {
	const {plugin} = pluginOf(given);
	return {
		servers: [
			{
				zones: ['.'],
				kubernetes: plugin,
				forwards: [{from: '.', to: [], except: []}],
				hosts: [],
				hostsOnly: [],
				rewrites: [],
				mayDiffer: [],
				loop: false,
			},
		],
		domain: 'cluster.local',
		assumed: [],
	};
}

function upstreamOf(given: Wire) {
	const records = list(given['upstream'] ?? record(given['dns'])['upstream'])
		.map(record)
		.flatMap((item) => (item['answer'] ? list(item['answer']).map(record) : [item]));
	return (name: string, type: string): readonly DnsRecord[] =>
		records.filter(
			(item) =>
				sameName(fqdn(text(item['name'])), name) && (item['type'] === type || item['type'] === 'CNAME'),
		) as unknown as readonly DnsRecord[];
}

function snapshotOf(given: Wire): Snapshot {
	const {writer, reader} = createStore({unlisted: {state: 'synced'}});
	const apply = (kind: string, object: unknown): void => {
		writer.apply({type: 'apply', kind, object} as WatchEvent);
	};

	const services = list(given['services']).map((wire) => project('Service', record(wire)));
	const pods = list(given['pods']).map((wire) => project('Pod', withConditions(record(wire))));
	for (const service of services) {
		apply('Service', service);
	}

	for (const pod of pods) {
		apply('Pod', pod);
	}

	for (const name of texts(given['namespaces'])) {
		apply('Namespace', project('Namespace', {metadata: {name}}));
	}

	for (const wire of list(given['endpointSlices'])) {
		apply('EndpointSlice', project('EndpointSlice', record(wire)));
	}

	if (given['endpointSlices'] === 'controller') {
		for (const service of services) {
			const slices = slicesFor({service, pods, nodes: undefined});
			for (const [index, slice] of slices.entries()) {
				const meta = project('EndpointSlice', {
					metadata: {
						namespace: service.namespace,
						name: `${service.name}-${index}`,
						labels: {'kubernetes.io/service-name': service.name},
					},
				});
				apply('EndpointSlice', {...meta, ...slice});
			}
		}
	}

	return reader.snapshot(0);
}

/** Vectors write `status.ready` for the Ready condition, and leave out the phase of running pods. */
function withConditions(wire: Wire): Wire {
	const status = record(wire['status']);
	return {
		...wire,
		status: {
			phase: 'Running',
			conditions: [{type: 'Ready', status: status['ready'] === false ? 'False' : 'True'}],
			podIPs: [{ip: status['podIP']}],
			...status,
		},
	};
}
