import type {Ingress} from '../../../model/routes/ingress.ts';
import {memoize} from '../../memoize.ts';
import {isOn} from '../record/classes.ts';
import {isAnyGiven, portsOf, type ListensOn} from '../record/listens-on.ts';

const usual = {'default-http-listener-port': 80, 'default-https-listener-port': 443} as const;

/** What adds listeners: objects of GlobalConfiguration, and text that is written into the configuration as it stands. */
const others = [
	'global-configuration',
	'http-snippets',
	'server-snippets',
	'stream-snippets',
	'main-template',
];

/**
cmd/nginx-ingress/flags.go and internal/configs/version1: the ports of the default server, those of hosts, and by default those of
status, readiness, metrics and Service Insight.
*/
export const listensOn: ListensOn = (snapshot, {flags, unreadSettings}) => {
	const isKnown =
		unreadSettings === undefined &&
		!isAnyGiven(flags, others) &&
		!isOn(flags['enable-snippets']) &&
		!isOn(flags['enable-tls-passthrough']);
	const ofDefault = portsOf(flags, usual);
	return isKnown && ofDefault
		? {
				requests: [...new Set([...ofDefault, ...allHostPorts(snapshot.list('Ingress'))])],
				beside: [8080, 8081, 9113, 9114],
			}
		: undefined;
};

/**
Why the server of a host does not get a request that comes to this port of the pods. Flags move the default server alone: hosts of
Ingresses listen on 80 and 443, or as the annotations say (config_params.go, annotations.go).
*/
export function whyPortClosed(owner: Ingress | undefined, port: number | undefined): string | undefined {
	const open = owner && hostPorts(owner);
	return open === undefined || port === undefined || open.includes(port)
		? undefined
		: `its host listens on ${open.join(' and ')}, not on target port ${port}`;
}

const allHostPorts = memoize(
	(ingresses: readonly Ingress[]): ReadonlySet<number> => new Set(ingresses.flatMap(hostPorts)),
);

function hostPorts({annotations}: Ingress): readonly number[] {
	return [
		...listed(annotations['nginx.org/listen-ports'] ?? '80'),
		...listed(annotations['nginx.org/listen-ports-ssl'] ?? '443'),
	];
}

function listed(ports: string): readonly number[] {
	return ports.split(',').map((port) => Number(port.trim()));
}
