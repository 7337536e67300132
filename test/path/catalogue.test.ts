import type {CatalogueEntry} from '../../source/path/catalogue-entry.ts';
import {controllerFindings} from '../../source/path/controller/catalogue.ts';
import {hostFindings} from '../../source/path/dns/catalogue.ts';
import {kubeProxyFindings} from '../../source/path/kube-proxy/catalogue.ts';
import {podFindings} from '../../source/path/pod/catalogue.ts';
import {routeFindings} from '../../source/path/route/catalogue.ts';
import {serviceFindings} from '../../source/path/service/catalogue.ts';
import {expect, test} from 'vitest';
import {catalogue} from '../../source/path/catalogue.ts';

/** Codes are stable once shipped and never used again for something else: this list only grows. */
const promised: Readonly<Record<string, string>> = {
	KNET101: 'host-does-not-resolve error',
	KNET102: 'host-lookup-failed unknown',
	KNET103: 'dns-points-elsewhere warning',
	KNET104: 'dns-partly-stale warning',
	KNET105: 'lb-hostname-does-not-resolve error',
	KNET106: 'host-is-private info',
	KNET107: 'family-missing-in-dns info',
	KNET121: 'cluster-dns-missing unknown',
	KNET122: 'cluster-dns-has-no-endpoints error',
	KNET123: 'cluster-dns-degraded warning',
	KNET124: 'cluster-dns-port-missing error',
	KNET125: 'cluster-dns-replica-disagrees warning',
	KNET126: 'cluster-dns-replica-silent warning',
	KNET127: 'name-does-not-resolve error',
	KNET128: 'asks-node-dns unknown',
	KNET129: 'external-name-does-not-resolve error',
	KNET130: 'cluster-name-outside unknown',
	KNET131: 'node-cache-down error',
	KNET132: 'policy-denies-dns warning',
	KNET201: 'load-balancer-pending error',
	KNET202: 'load-balancer-port-error error',
	KNET203: 'source-ranges-exclude-client error',
	KNET204: 'nodes-without-local-endpoint warning',
	KNET205: 'no-node-has-local-endpoint error',
	KNET206: 'load-balancer-deleting warning',
	KNET207: 'no-node-ports warning',
	KNET208: 'ingress-has-no-address info',
	KNET209: 'load-balancer-unreachable error',
	KNET210: 'load-balancer-per-service info',
	KNET211: 'address-not-announced error',
	KNET212: 'targets-unhealthy warning',
	KNET213: 'proxy-protocol-missing error',
	KNET214: 'health-probe-not-answered warning',
	KNET215: 'redirect-loop error',
	KNET216: 'every-node-answers-arp warning',
	KNET217: 'sent-back-to-client-node error',
	KNET218: 'proxy-protocol-not-expected error',
	KNET219: 'nothing-at-node error',
	KNET301: 'ingress-class-missing error',
	KNET302: 'no-ingress-class error',
	KNET303: 'several-default-classes warning',
	KNET304: 'ingress-inert error',
	KNET305: 'controller-not-ready error',
	KNET306: 'controller-service-has-no-endpoints error',
	KNET307: 'controller-not-exposed warning',
	KNET308: 'legacy-class-annotation info',
	KNET309: 'class-rule-unknown unknown',
	KNET310: 'controller-says warning',
	KNET311: 'rival-not-served warning',
	KNET321: 'gateway-class-missing error',
	KNET322: 'gateway-class-not-accepted error',
	KNET323: 'gateway-not-accepted error',
	KNET324: 'gateway-not-programmed error',
	KNET325: 'listener-not-ready error',
	KNET326: 'gateway-missing error',
	KNET328: 'listeners-overlap info',
	KNET327: 'gateway-api-absent info',
	KNET401: 'no-rule-matches error',
	KNET402: 'backend-service-missing error',
	KNET403: 'backend-port-missing error',
	KNET404: 'backend-is-resource unknown',
	KNET405: 'duplicate-rule warning',
	KNET406: 'rule-shadowed info',
	KNET407: 'tls-secret-missing warning',
	KNET408: 'tls-secret-invalid warning',
	KNET409: 'tls-certificate-expired error',
	KNET410: 'tls-host-not-covered warning',
	KNET411: 'default-backend-broken warning',
	KNET412: 'rule-not-judged unknown',
	KNET413: 'rule-assumed unknown',
	KNET414: 'answered-by-rule error',
	KNET415: 'backend-unhealthy error',
	KNET416: 'no-tls-for-host error',
	KNET417: 'foreign-annotations info',
	KNET418: 'backend-protocol-differs warning',
	KNET419: 'other-router unknown',
	KNET420: 'backend-certificate-distrusted error',
	KNET421: 'route-not-accepted error',
	KNET422: 'route-refs-not-resolved error',
	KNET423: 'listener-forbids-route error',
	KNET424: 'hostnames-do-not-intersect error',
	KNET425: 'reference-not-granted error',
	KNET426: 'backend-weight-zero info',
	KNET427: 'route-status-stale unknown',
	KNET428: 'route-partially-invalid warning',
	KNET429: 'route-parent-not-followed unknown',
	KNET430: 'attached-policy-not-accepted warning',
	KNET441: 'router-object-refused warning',
	KNET442: 'router-object-orphaned error',
	KNET446: 'router-port-closed error',
	KNET450: 'fronts-differ info',
	KNET501: 'selector-matches-no-pods error',
	KNET502: 'workload-scaled-to-zero error',
	KNET503: 'no-ready-endpoints error',
	KNET504: 'some-endpoints-not-ready warning',
	KNET505: 'named-target-port-unresolved error',
	KNET506: 'target-port-not-declared info',
	KNET507: 'protocol-mismatch warning',
	KNET508: 'endpoint-slices-missing error',
	KNET509: 'endpoint-slices-stale warning',
	KNET510: 'only-terminating-endpoints warning',
	KNET511: 'selectorless-without-slices error',
	KNET512: 'selector-spans-workloads warning',
	KNET513: 'headless-port-not-remapped warning',
	KNET514: 'not-ready-published info',
	KNET515: 'family-without-slice error',
	KNET516: 'no-local-endpoint-for-client error',
	KNET517: 'external-name info',
	KNET518: 'service-port-missing error',
	KNET519: 'single-endpoint info',
	KNET520: 'service-ip-hardcoded info',
	KNET521: 'taken-over-by-data-path error',
	KNET522: 'endpoint-slices-inferred info',
	KNET523: 'subset-without-pods error',
	KNET524: 'mesh-routed unknown',
	KNET525: 'waypoint-on-the-way unknown',
	KNET526: 'waypoint-down error',
	KNET601: 'proxy-not-running-on-node error',
	KNET602: 'proxy-rules-missing error',
	KNET603: 'proxy-backends-missing warning',
	KNET604: 'proxy-backends-stale warning',
	KNET605: 'proxy-rejects error',
	KNET606: 'proxy-drops error',
	KNET607: 'other-proxy-owns-service unknown',
	KNET608: 'proxy-mode-unknown unknown',
	KNET609: 'topology-excludes-endpoints info',
	KNET610: 'node-port-not-on-address error',
	KNET701: 'container-waiting error',
	KNET702: 'readiness-probe-failing error',
	KNET703: 'readiness-gate-unmet error',
	KNET704: 'pod-pending error',
	KNET705: 'probe-port-differs info',
	KNET706: 'no-readiness-probe info',
	KNET707: 'target-port-refused error',
	KNET708: 'listens-on-localhost error',
	KNET709: 'node-not-ready warning',
	KNET710: 'restarts-growing warning',
	KNET711: 'pod-terminating info',
	KNET712: 'mesh-sidecar info',
	KNET713: 'pod-has-no-ip warning',
	KNET714: 'mtls-required error',
	KNET715: 'mtls-unknown unknown',
	KNET651: 'node-network-unavailable unknown',
	KNET652: 'network-plugin-down warning',
	KNET653: 'no-common-ip-family error',
	KNET801: 'policy-denies-ingress warning',
	KNET802: 'policy-denies-egress warning',
	KNET804: 'policy-admits-some-backends warning',
	KNET805: 'policy-blocks-controller warning',
	KNET806: 'policy-undecidable unknown',
	KNET807: 'linkerd-denies error',
	KNET901: 'forbidden unknown',
	KNET902: 'not-synced unknown',
	KNET903: 'stale unknown',
	KNET904: 'kind-absent unknown',
	KNET905: 'object-too-large unknown',
};

test('codes, slugs and severities are those of the list', () => {
	const entries = Object.entries(catalogue).map(([code, {slug, severity}]) => [code, `${slug} ${severity}`]);
	expect(Object.fromEntries(entries)).toEqual(promised);
});

test('no two codes share a slug', () => {
	const slugs = Object.values(catalogue).map(({slug}) => slug);
	expect(slugs.length).toBe(new Set(slugs).size);
});

test.each(Object.entries(catalogue))('%s has something to say in each part', (_, entry) => {
	const {title, what, why, see, remedy} = entry;
	expect([title, what, why, see, remedy].filter((text) => text.trim() === '')).toEqual([]);
	expect(title).not.toContain('\n');
});

test('each family stands at its hops', () => {
	const hops = Object.entries(catalogue).map(([code, {hop}]) => `${code.slice(4, 5)}xx ${hop}`);
	expect([...new Set(hops)].toSorted()).toEqual([
		'1xx dns',
		'2xx load-balancer',
		'3xx controller',
		'4xx route',
		'5xx endpoints',
		'5xx kube-proxy',
		'5xx service',
		'6xx kube-proxy',
		'6xx pod-network',
		'7xx pod',
		'8xx network-policy',
		'9xx any',
	]);
});

test('an entry is found by its slug in camel case, in the catalogue of its room', () => {
	const rooms = [
		controllerFindings,
		hostFindings,
		kubeProxyFindings,
		podFindings,
		routeFindings,
		serviceFindings,
	];
	const keys = rooms.flatMap((room) => Object.entries<CatalogueEntry>(room));
	expect(keys.map(([key]) => key)).toEqual(
		keys.map(([, {slug}]) => slug.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase())),
	);
});
