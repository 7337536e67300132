import {humanDuration} from '../../model/matching/duration.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Retry} from '../../model/retry.ts';
import type {HopStatus} from '../../path/hop.ts';
import type {HopKind} from '../../path/hop-kind.ts';
import type {Tone} from './line.ts';
import type {RequestedSource, TraceOptions, RequestOptions} from '../../model/request.ts';
import type {Symptom} from '../../rules/stop.ts';

/** The name of a hop on the screen. */
export const hopNames: Readonly<Record<HopKind, string>> = {
	dns: 'DNS',
	'load-balancer': 'Load balancer',
	controller: 'Controller',
	route: 'Route',
	service: 'Service',
	endpoints: 'Endpoints',
	'kube-proxy': 'kube-proxy',
	'pod-network': 'Pod network',
	'network-policy': 'NetworkPolicy',
	pod: 'Pods',
};

/** The same where there is no room. */
export const shortHopNames: Readonly<Record<HopKind, string>> = {
	dns: 'DNS',
	'load-balancer': 'LB',
	controller: 'Ctrl',
	route: 'Route',
	service: 'Svc',
	endpoints: 'Endp',
	'kube-proxy': 'Proxy',
	'pod-network': 'Net',
	'network-policy': 'Policy',
	pod: 'Pods',
};

type NamedSymptom = Exclude<Symptom, `http-${number}` | `grpc-${number}`>;

/** What the client gets, as an end of "client sees …". */
export function symptomText(symptom: Symptom): string {
	return textOf(symptom, symptomWords);
}

/** The same in at most ten columns. */
export function shortSymptom(symptom: Symptom): string {
	return textOf(symptom, shortSymptomWords);
}

/** A status of HTTP is its number; the other one is `grpc 12`. */
function textOf(symptom: Symptom, words: Readonly<Record<NamedSymptom, string>>): string {
	return isStatus(symptom) ? symptom.replace('http-', '').replace('-', ' ') : words[symptom];
}

function isStatus(symptom: Symptom): symptom is Exclude<Symptom, NamedSymptom> {
	return /^(?:http|grpc)-/u.test(symptom);
}

const symptomWords: Readonly<Record<NamedSymptom, string>> = {
	nxdomain: 'NXDOMAIN',
	'no-address': 'no address',
	'dns-failure': 'DNS failure',
	'connection-refused': 'connection refused',
	'connection-reset': 'connection reset',
	timeout: 'timeout',
	unreachable: 'unreachable',
	'tls-error': 'TLS error',
};

const shortSymptomWords: typeof symptomWords = {
	...symptomWords,
	'dns-failure': 'DNS fails',
	'connection-refused': 'refused',
	'connection-reset': 'reset',
	unreachable: 'no route',
};

export function toneOf(status: HopStatus): Tone {
	return status;
}

/** An object as kubectl names it: `service/web`, in another namespace `shop/web`. */
export function refName(ref: ObjectRef): string {
	return ref.namespace ? `${ref.namespace}/${ref.name}` : ref.name;
}

/** Where a request starts, in words. */
export function sourceWords(source: RequestedSource): string {
	switch (source.kind) {
		case 'external':
			return source.ip ? `outside, ${source.ip}` : 'outside';
		case 'pod':
			return `pod ${source.namespace}/${source.name}`;
		case 'workload':
			return `${source.workload} ${source.namespace}/${source.name}`;
		case 'node':
			return source.name ? `node ${source.name}` : 'any node';
	}
}

/** `try 7, next in 8s`. */
export function retryWords({tries, at}: Retry, now: number): string {
	const left = Math.ceil((at - now) / 1000);
	return left > 0 ? `try ${tries}, next in ${humanDuration(left * 1000)}` : `try ${tries + 1}`;
}

/** `1 pod`, `3 pods`. */
export function plural(count: number, word: string, words = `${word}s`): string {
	return `${count} ${count === 1 ? word : words}`;
}

/** A share of requests, from 0 to 1, as a percentage that never says 0 or 100 of something between. */
export function percent(share: number): string {
	const rounded = Math.round(share * 100);
	if (share > 0 && rounded === 0) {
		return '<1%';
	}

	return share < 1 && rounded === 100 ? '>99%' : `${rounded}%`;
}

/** How requests are made, where the person chose: `from pod shop/web-1, POST, x-canary: always, ?a=b`. */
export function traceOptionWords({from, request}: TraceOptions): string {
	return [from ? `from ${sourceWords(from)}` : '', ...requestWords(request)].filter(Boolean).join(', ');
}

/** What of a request is not in its URL, part by part. */
export function requestWords({method, headers = [], query = []}: RequestOptions = {}): readonly string[] {
	return [
		...(method === undefined || method === 'GET' ? [] : [method]),
		...headers.map(({name, value}) => `${name}: ${value}`),
		...query.map(({name, value}) => `?${name}=${value}`),
	];
}
