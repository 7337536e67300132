import type {
	AdminPeer,
	AdminPolicy,
	AdminPort,
	AdminRule,
	ForeignPolicy,
	ForeignSubject,
	NetworkPolicy,
	PodsSelector,
	PolicyPeer,
	PolicyPort,
	PolicyRule,
} from '../../model/network-policy.ts';
import type {PeerAuthentication} from '../../model/peer-authentication.ts';
import {meta, protocol, selector} from './common-shapes.ts';
import {list, number, numberOrText, object, oneOf, optional, text, variant} from './shape.ts';

const policyRules = optional(
	list(
		object<PolicyRule>({
			peers: optional(
				list(
					object<PolicyPeer>({
						podSelector: optional(selector),
						namespaceSelector: optional(selector),
						ipBlock: optional(object({cidr: text, except: list(text)})),
					}),
				),
			),
			ports: optional(
				list(object<PolicyPort>({protocol, port: optional(numberOrText), endPort: optional(number)})),
			),
		}),
	),
);

export const networkPolicy = object<NetworkPolicy>({
	...meta,
	podSelector: selector,
	policyTypes: list(oneOf('Ingress', 'Egress')),
	ingress: policyRules,
	egress: policyRules,
});

export const foreignPolicy = object<ForeignPolicy>({
	...meta,
	subjects: list(
		variant<ForeignSubject>('type', {
			labels: object({
				type: oneOf('labels'),
				podSelector: optional(selector),
				namespaceSelector: optional(selector),
			}),
			expression: object({type: oneOf('expression'), pods: text, namespaces: text}),
			unread: object({type: oneOf('unread')}),
		}),
	),
	directions: list(oneOf('Ingress', 'Egress')),
});

const podsSelector = object<PodsSelector>({
	namespaceSelector: optional(selector),
	podSelector: optional(selector),
});

const adminRules = list(
	object<AdminRule>({
		action: oneOf('Accept', 'Deny', 'Pass'),
		peers: list(
			object<AdminPeer>({
				pods: optional(podsSelector),
				nodes: optional(selector),
				networks: optional(list(text)),
				domainNames: optional(list(text)),
			}),
		),
		ports: optional(
			list(
				object<AdminPort>({
					protocol: optional(protocol),
					first: optional(number),
					last: optional(number),
					name: optional(text),
				}),
			),
		),
	}),
);

export const adminPolicy = object<AdminPolicy>({
	...meta,
	tier: oneOf('Admin', 'Baseline'),
	priority: number,
	subject: optional(podsSelector),
	ingress: adminRules,
	egress: adminRules,
});

const mtlsMode = oneOf('UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT');
export const peerAuthentication = object<PeerAuthentication>({
	...meta,
	selector: optional(selector),
	mode: mtlsMode,
	ports: list(object({port: number, mode: mtlsMode})),
});
