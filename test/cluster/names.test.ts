import {project} from '../../source/projection/project.ts';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {answer} from '../../source/rules/cluster-dns/answers/answer.ts';
import {dnsConfigOf} from '../../source/rules/cluster-dns/corefile/dns-config-of.ts';
import {toAnswer} from '../../source/rules/cluster-dns/record.ts';
import {reverseName} from '../../source/rules/cluster-dns/reverse-name.ts';
import {parseIp} from '../../source/model/matching/ip.ts';
import {askPod, type DnsQuery, type DnsReply} from './helpers/ask-dns.ts';
import {image, pullPolicy} from './helpers/environment.ts';
import {eventually} from './helpers/eventually.ts';
import {openKnet, type Knet} from './helpers/knet.ts';
import {server, service} from './helpers/manifests.ts';
import {apply, createNamespace, isReady, list, removeNamespace} from './helpers/objects.ts';

let knet: Knet;
let namespace: string;

const set = `---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 2
  podManagementPolicy: Parallel
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: main, image: "${image}", imagePullPolicy: ${pullPolicy}, args: [pause]}]
`;
const ports = '[{name: http, port: 80, targetPort: http}, {name: dns, port: 53, protocol: UDP}]';

function services(own: string): readonly string[] {
	return [
		service('web', `selector: {app: web}, ports: ${ports}`),
		service('dual', `ipFamilyPolicy: PreferDualStack, selector: {app: web}, ports: ${ports}`),
		service('six', `ipFamilies: [IPv6], ipFamilyPolicy: SingleStack, selector: {app: web}, ports: ${ports}`),
		service('unnamed', 'selector: {app: web}, ports: [{port: 8080}]'),
		service('empty', `selector: {app: none}, ports: ${ports}`),
		service('nobody', `clusterIP: None, selector: {app: none}, ports: ${ports}`),
		service(
			'pods',
			`clusterIP: None, ipFamilyPolicy: PreferDualStack, selector: {app: web}, ports: ${ports}`,
		),
		service('db', 'clusterIP: None, selector: {app: db}, ports: [{name: pg, port: 5432}]'),
		service('alias', `type: ExternalName, externalName: web.${own}.svc.cluster.local`),
		service('chain', `type: ExternalName, externalName: alias.${own}.svc.cluster.local`),
		service('lost', `type: ExternalName, externalName: gone.${own}.svc.cluster.local`),
	];
}

beforeAll(async () => {
	knet = await openKnet();
	namespace = await createNamespace('names');
	await apply([...services(namespace), server('web'), set].join(''), namespace);
	await eventually(
		async () => (await list('v1', 'Pod', namespace)).map(isReady),
		(ready) => ready.length === 4 && ready.every(Boolean),
	);
});

afterAll(async () => {
	await removeNamespace(namespace);
	await knet.close();
});

/** Names that are there, that nearly are, and that are not. */
async function names(): Promise<readonly string[]> {
	const pods = (await list('v1', 'Pod', namespace)).map((wire) => project('Pod', wire));
	const found = (await list('v1', 'Service', namespace)).map((wire) => project('Service', wire));
	const zone = `${namespace}.svc.cluster.local`;
	const ips = [...pods.flatMap(({podIPs}) => podIPs), ...found.flatMap(({clusterIPs}) => clusterIPs)];
	const reverse = ips.flatMap((ip) => parseIp(ip) ?? []).map(reverseName);
	const dashed = pods.flatMap(({podIPs}) => podIPs.map((ip) => ip.replaceAll(/[.:]/gu, '-')));
	return [
		...[
			'web',
			'dual',
			'six',
			'unnamed',
			'empty',
			'nobody',
			'pods',
			'db',
			'alias',
			'chain',
			'lost',
			'gone',
			'*',
		].map((name) => `${name}.${zone}`),
		...['web', 'dual', 'empty', 'pods', 'nobody', 'alias'].flatMap((name) =>
			['_http._tcp', '_dns._udp', '_http._udp', '_none._tcp', 'http.tcp'].map(
				(port) => `${port}.${name}.${zone}`,
			),
		),
		...['db-0', 'db-1', 'db-2', 'web-0'].map((host) => `${host}.db.${zone}`),
		...dashed.flatMap((host) => [
			`${host}.pods.${zone}`,
			`${host}.web.${zone}`,
			`${host}.${namespace}.pod.cluster.local`,
		]),
		`1-2-3-4.${namespace}.pod.cluster.local`,
		`no-address.${namespace}.pod.cluster.local`,
		`1-2-3-4.no-such-namespace.pod.cluster.local`,
		`WEB.${namespace.toUpperCase()}.svc.Cluster.Local`,
		`a.b.web.${zone}`,
		zone,
		`no-such-namespace.svc.cluster.local`,
		`web.no-such-namespace.svc.cluster.local`,
		'svc.cluster.local',
		'pod.cluster.local',
		'cluster.local',
		'dns-version.cluster.local',
		'ns.dns.cluster.local',
		'nothing.cluster.local',
		...reverse,
		reverseName(parseIp('10.99.99.99')!),
	];
}

const types = ['A', 'AAAA', 'SRV', 'CNAME', 'TXT', 'PTR'];

async function queriesOf(): Promise<readonly DnsQuery[]> {
	return (await names()).flatMap((name) =>
		types
			.filter((type) => type !== 'PTR' || name.endsWith('.arpa') || name.length < 20)
			.map((type) => ({name, type})),
	);
}

/** Undefined where another server than the cluster's would answer. */
async function predictions(queries: readonly DnsQuery[]): Promise<readonly (DnsReply | undefined)[]> {
	return knet.evaluate((snapshot) => {
		const config = dnsConfigOf(snapshot);
		return queries.map((question) => {
			const {rcode, answers, kind} = answer(snapshot, config, {question});
			return kind === 'FORWARDED' || kind === 'UNKNOWN'
				? undefined
				: {
						rcode: rcode ?? '',
						answers: answers
							.map(toAnswer)
							.map(({name, type, data}) => `${name} ${type} ${data}`.toLowerCase())
							.toSorted(),
					};
		});
	});
}

test('every DNS pod answers every name as predicted', async () => {
	const pods = (await list('v1', 'Pod', 'kube-system'))
		.map((wire) => project('Pod', wire))
		.filter(({labels}) => labels['k8s-app'] === 'kube-dns');
	expect(pods.length).toBeGreaterThan(0);
	for (const {namespace: place, name: pod} of pods) {
		const differences = await eventually(
			async () => {
				const queries = await queriesOf();
				const predicted = await predictions(queries);
				const requested = queries.filter((_query, index) => predicted[index]);
				expect(requested.length).toBeGreaterThan(200);
				const got = await askPod({namespace: place, pod}, requested);
				return requested.flatMap((query, index) => {
					const [said, expected] = [got[index], predicted.filter((item) => item !== undefined)[index]];
					return JSON.stringify(said) === JSON.stringify(expected) ? [] : [{query, expected, said}];
				});
			},
			(found) => found.length === 0,
			{
				describe: (found) => (found as readonly object[]).map((item) => JSON.stringify(item)).join('\n'),
				// After a restart of the API server CoreDNS takes up to half a minute to watch again.
				within: 60_000,
			},
		);
		expect(differences).toEqual([]);
	}
});
