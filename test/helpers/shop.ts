import type {SessionAction} from '../../source/session/session.ts';
import type {EntryRow, KindRow, SessionState} from '../../source/session/state.ts';
import {api, apiTrace, now, webTrace} from './shop-traces.ts';

function entry(row: Pick<EntryRow, 'title' | 'target'> & Partial<EntryRow>): EntryRow {
	const service = /^svc\/(?<name>[^:]+)/u.exec(row.title)?.groups?.['name'];
	return {
		id: row.target,
		namespace: 'shop',
		subject: service === undefined ? api : {...api, kind: 'Service', name: service},
		...row,
	};
}

export const entries: readonly EntryRow[] = [
	entry({
		title: 'app.example.com/api',
		target: 'https://app.example.com/api',
		subject: {kind: 'Ingress', namespace: 'shop', name: 'site'},
		verdict: 'broken',
		symptom: 'http-503',
		brokenAt: 'endpoints',
		rootCause: 'KNET702',
		cause: 'The readiness probe of container app fails: HTTP probe failed with statuscode: 500.',
	}),
	entry({
		title: 'app.example.com/',
		target: 'https://app.example.com/',
		subject: {kind: 'Ingress', namespace: 'shop', name: 'site'},
		verdict: 'ok',
		ready: {ready: 3, total: 3},
	}),
	entry({
		title: 'svc/api:80',
		target: 'svc/api:80',
		verdict: 'broken',
		symptom: 'connection-refused',
		brokenAt: 'endpoints',
		rootCause: 'KNET702',
		cause: 'The readiness probe of container app fails: HTTP probe failed with statuscode: 500.',
	}),
	entry({
		title: 'svc/web:80',
		target: 'svc/web:80',
		verdict: 'degraded',
		ready: {ready: 2, total: 3},
		cause: '1 of 3 endpoints is not ready.',
	}),
	entry({
		title: 'svc/billing:443',
		target: 'svc/billing:443',
		verdict: 'unknown',
		rootCause: 'KNET901',
		forbidden: true,
		cause: 'Pods may not be listed in namespace shop.',
	}),
	entry({title: 'svc/db:5432', target: 'svc/db:5432', verdict: 'ok', ready: {ready: 1, total: 1}}),
	entry({title: 'svc/cache:6379', target: 'svc/cache:6379'}),
];

const kinds: readonly KindRow[] = [
	{kind: 'EndpointSlice', state: {state: 'synced'}, count: 12},
	{kind: 'Ingress', state: {state: 'synced'}, count: 3},
	{kind: 'Namespace', state: {state: 'synced'}, count: 7},
	{kind: 'Node', state: {state: 'synced'}, count: 3},
	{kind: 'Pod', state: {state: 'synced'}, count: 31},
	{kind: 'Service', state: {state: 'synced'}, count: 14},
];

/** A shop whose API is down; everything else is as it should be. */
export const shop: SessionState = {
	source: {kind: 'live', context: 'prod-eu', cluster: 'prod-eu', server: 'https://10.0.0.1:6443'},
	namespace: 'shop',
	kinds,
	entries,
	entriesKnown: true,
	cluster: [
		{part: 'dns', verdict: 'ok', short: '2/2', text: 'kube-dns 2/2 ready'},
		{part: 'controllers', verdict: 'ok', short: '2/2', text: 'Traefik 2/2'},
		{part: 'nodes', verdict: 'ok', short: '3/3', text: '3/3 ready'},
		{part: 'kube-proxy', verdict: 'ok', short: '3/3', text: 'iptables 3/3'},
		{part: 'policies', verdict: 'ok', short: 'Calico', text: 'Calico enforces NetworkPolicies, 3/3 ready'},
	],
	contexts: [
		{name: 'prod-eu', cluster: 'prod-eu', namespace: 'shop', current: true},
		{name: 'staging', cluster: 'staging', current: false},
	],
	namespaces: ['default', 'ingress', 'kube-system', 'shop'],
	notices: [],
	traceOptions: {},
	probe: {phase: 'idle'},
	at: now,
};

/** Answers `select` from the two traces; other targets stay unwalked. */
export function shopAnswer(action: SessionAction, state: SessionState): Partial<SessionState> {
	if (action.type === 'namespace') {
		return {namespace: action.namespace};
	}

	if (action.type !== 'select' || action.target === undefined) {
		return {};
	}

	const traces = [apiTrace, webTrace];
	const trace = traces.find(({target}) => target.text === action.target);
	return {
		...state,
		selected: {
			target: action.target,
			namespace: action.namespace,
			from: action.from,
			...(trace ? {trace} : {}),
			changes: {},
		},
	};
}
