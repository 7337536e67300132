import {accessFindings} from './findings/access.ts';
import {dnsFindings} from './findings/dns.ts';
import {loadBalancerFindings} from './findings/load-balancer.ts';
import {controllerFindings} from './findings/controller.ts';
import {gatewayFindings} from './findings/gateway.ts';
import {routeFindings} from './findings/route.ts';
import {gatewayRouteFindings} from './findings/gateway-route.ts';
import {serviceFindings} from './findings/service.ts';
import {kubeProxyFindings} from './findings/kube-proxy.ts';
import {podFindings} from './findings/pod.ts';
import {networkPolicyFindings} from './findings/network-policy.ts';
import type {CatalogueEntry} from './catalogue-entry.ts';
import type {EvidenceField, Finding, Severity} from './finding.ts';

/** Every finding knet can make, by code. Codes are stable once shipped and never used again for something else. */
export const catalogue: Readonly<Record<string, CatalogueEntry>> = {
	...dnsFindings,
	...loadBalancerFindings,
	...controllerFindings,
	...gatewayFindings,
	...routeFindings,
	...gatewayRouteFindings,
	...serviceFindings,
	...kubeProxyFindings,
	...podFindings,
	...networkPolicyFindings,
	...accessFindings,
};

type FindingText = {
	readonly message: string;
	readonly evidence: readonly EvidenceField[];
	readonly remedy: string;
	readonly command?: string;
	/** Where the catalogue's own severity does not fit the situation ("B / W"). */
	readonly severity?: Severity;
	/** The condition of an error or a warning cannot be decided here: the hop is unknown, not broken. */
	readonly undecided?: true;
};

/** Makes a finding of a code of the catalogue, which gives slug and severity. */
export function finding(code: string, text: FindingText): Finding {
	const entry = catalogue[code];
	if (!entry) {
		throw new Error(`no such finding: ${code}`);
	}

	const undecided = text.undecided ?? (entry.severity === 'unknown' && text.severity === undefined);
	const severity =
		undecided || entry.severity === 'unknown' ? (text.severity ?? 'info') : (text.severity ?? entry.severity);
	return {
		code,
		slug: entry.slug,
		severity,
		...(undecided ? {undecided} : {}),
		message: text.message,
		evidence: text.evidence,
		remedy: text.remedy,
		...(text.command ? {command: text.command} : {}),
	};
}
