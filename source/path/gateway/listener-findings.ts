import type {Gateway, Listener} from '../../model/gateway.ts';
import {refText} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {finding} from '../catalogue.ts';
import type {Finding} from '../finding.ts';
import {describe} from './gateway-findings.ts';
import {predictListener} from './gateway-conditions.ts';

type Said = {
	readonly type: string;
	readonly status: string;
	readonly reason: string;
	readonly message?: string;
};

/**
KNET325 for each listener that does not serve. `needed`: the listeners the request may use; others are passed over. Without it
all are looked at, and it is an error only when none serves.
*/
export function judgeListeners(
	snapshot: Snapshot,
	gateway: Gateway,
	needed: readonly Listener[] | undefined,
): readonly Finding[] {
	const asked = needed ?? gateway.listeners;
	const bad = asked.flatMap((listener) => {
		const said = problemOf(snapshot, gateway, listener);
		return said ? [{listener, said}] : [];
	});
	const severity = bad.length === asked.length ? 'error' : 'warning';
	return bad.map(({listener, said}) => notReady(gateway, listener, {said, severity}));
}

/** The condition that keeps a listener from serving, the most telling first. */
export function problemOf(snapshot: Snapshot, gateway: Gateway, listener: Listener): Said | undefined {
	const status = gateway.listenerStatus.find(({name}) => name === listener.name);
	const conditions: readonly Said[] =
		status && status.conditions.length > 0
			? status.conditions
			: predictListener(snapshot, {gateway, listener, attachments: []}).conditions;
	return order
		.map((type) => conditions.find((condition) => condition.type === type))
		.find(
			(condition) => condition && condition.status === (condition.type === 'Conflicted' ? 'True' : 'False'),
		);
}

/** The most telling first: Programmed follows from the others. */
const order = ['Conflicted', 'Accepted', 'ResolvedRefs', 'Programmed'];

function notReady(
	gateway: Gateway,
	listener: Listener,
	{said, severity}: {readonly said: Said; readonly severity: 'error' | 'warning'},
): Finding {
	const message = said.message ? `: ${said.message}` : '';
	return finding('KNET325', {
		severity,
		message:
			`Listener ${listener.name} (${listener.protocol} ${listener.port}) of Gateway ${gateway.name} does not serve: ${said.type} is ${said.status}, ${said.reason}${message}`.replace(
				/[^.]$/v,
				'$&.',
			),
		evidence: [
			{
				object: refText({kind: 'Gateway', ...gateway}),
				path: `status.listeners[${listener.name}].conditions[${said.type}]`,
				value: `${said.status} (${said.reason})`,
			},
		],
		remedy: remedies[said.reason] ?? 'Change the listener as the reason says.',
		command: describe(gateway),
	});
}

const remedies: Readonly<Record<string, string>> = {
	ProtocolConflict: 'Give the listener a port that no listener of another protocol has.',
	HostnameConflict: 'Give the listener a hostname that no other listener of its port has.',
	UnsupportedProtocol: 'Use a protocol that the controller serves: HTTP, HTTPS, TLS, TCP or UDP.',
	PortUnavailable: 'Use a port that the controller listens on.',
	InvalidCertificateRef: 'Let certificateRefs name a Secret of type kubernetes.io/tls that exists.',
	RefNotPermitted: 'Create a ReferenceGrant for the Secret in its namespace.',
	InvalidRouteKinds: 'Take the kinds that do not go with the protocol out of allowedRoutes.kinds.',
};
