import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {dumpHint} from '../../source/feeds/file/dump-hint.ts';
import {directoryOf} from '../helpers/files.ts';
import {schemaErrors} from '../helpers/schema.ts';
import {canary, refusal, run} from './run.ts';

const grounds = fileURLToPath(new URL('../data-sources/', import.meta.url));
const scenarios = fileURLToPath(new URL('../scenarios/', import.meta.url));

/** The objects of a scenario and of the cluster it stands in, as arguments. */
function filesOf(scenario: string): readonly string[] {
	return ['-f', `${grounds}cluster.yaml`, '-f', `${scenarios}${scenario}/cluster.yaml`];
}

const broken = filesOf('no-ready-endpoints');
const degraded = filesOf('some-endpoints-not-ready');
const well = filesOf('service-works');
const unknown = filesOf('other-proxy-owns-service');
const web = ['trace', 'svc/web:80', '-n', 'shop'];

describe('exit codes are the same for every format', () => {
	test.each(['text', 'wide', 'json', 'yaml', 'markdown', 'name'])('-o %s', async (format) => {
		const output = ['-o', format];
		const runs = await Promise.all([
			run([...web, ...well, ...output]),
			run([...web, ...degraded, ...output]),
			run([...web, ...broken, ...output]),
			run([...web, ...unknown, ...output]),
			run(['scan', ...broken, ...output]),
		]);
		expect(runs.map(({code}) => code)).toEqual([0, 0, 1, 2, 1]);
		expect(runs.map(({stderr}) => stderr)).toEqual(['', '', '', '', '']);
	});

	test.each([
		['warning', [0, 1, 1, 2]],
		['unknown', [0, 1, 1, 1]],
		['never', [0, 0, 0, 0]],
	])('--fail-on %s', async (failOn, codes) => {
		const runs = await Promise.all(
			[well, degraded, broken, unknown].map(async (files) => run([...web, ...files, '--fail-on', failOn])),
		);
		expect(runs.map(({code}) => code)).toEqual(codes);
	});
});

test('JSON and YAML say the same, fit the schema, and hold no null', async () => {
	const json = await run([...web, ...broken, '-o', 'json']);
	const report = JSON.parse(json.stdout) as {metadata: {at: string}};
	expect(schemaErrors(report)).toEqual([]);
	expect(json.stdout).not.toContain('null');
	expect(report).toMatchObject({kind: 'Trace', verdict: 'broken', metadata: {source: 'file'}});
	const yaml = parse((await run([...web, ...broken, '-o', 'yaml'])).stdout) as typeof report;
	expect({...yaml, metadata: {}}).toEqual({...report, metadata: {}});
});

test('a scan as JSON fits the schema', async () => {
	const {stdout} = await run(['scan', ...broken, '-o', 'json']);
	expect(schemaErrors(JSON.parse(stdout))).toEqual([]);
});

test('a look-up as JSON fits the schema', async () => {
	const {stdout} = await run(['dns', 'web.shop', ...broken, '-o', 'json']);
	const report: unknown = JSON.parse(stdout);
	expect(schemaErrors(report)).toEqual([]);
	expect(report).toMatchObject({kind: 'Dns', metadata: {source: 'file'}});
});

test('without a terminal knet prints what scan would, and with a target what trace would', async () => {
	expect(await run(broken)).toEqual(await run(['scan', ...broken]));
	expect(await run(['svc/web:80', '-n', 'shop', ...broken])).toEqual(await run([...web, ...broken]));
});

test('a directory is read like files', async () => {
	const parts = [`${grounds}cluster.yaml`, `${scenarios}no-ready-endpoints/cluster.yaml`].map((file) =>
		readFileSync(file, 'utf8'),
	);
	const expected = await run([...web, ...broken]);
	const directory = await directoryOf({
		'a.yaml': parts[0] ?? '',
		'b.yml': parts[1] ?? '',
		'c.txt': 'no: [yaml',
	});
	expect(await run([...web, '-f', directory])).toEqual(expected);
});

test('a file without a kind of policies says nothing of policies', async () => {
	const [, grounds = '', ...others] = well;
	const dump = readFileSync(grounds, 'utf8').replace('kind: NetworkPolicyList', 'kind: RoleList');
	const directory = await directoryOf({'dump.yaml': dump});
	const result = await run([...web, '-f', `${directory}/dump.yaml`, ...others]);
	expect(result.code).toBe(2);
	expect(result.stdout).toContain('The input holds no NetworkPolicy objects, so this cannot be decided.');
});

describe('colour', () => {
	const escape = '\u001B[';
	test.each([
		[[], {}, false],
		[['--color', 'always'], {}, true],
		[['--color', 'always'], {NO_COLOR: '1'}, true],
		[[], {FORCE_COLOR: '1'}, true],
		[[], {FORCE_COLOR: '1', NO_COLOR: '1'}, false],
		[['--color', 'never'], {FORCE_COLOR: '1'}, false],
	])('%j with %j', async (args, env, colored) => {
		const {stdout} = await run([...web, ...broken, ...args], env);
		expect(stdout.includes(escape)).toBe(colored);
	});
});

test('--ascii, and a locale without UTF-8, print only ASCII', async () => {
	const plain = await run([...web, ...broken, '--ascii']);
	expect(plain.stdout).toMatch(/^[\n\u0020-\u007E]*$/u);
	expect((await run([...web, ...broken], {LC_ALL: 'C'})).stdout).toBe(plain.stdout);
});

describe('files that cannot be used', () => {
	test('bad YAML is told by its line, and not quoted', async () => {
		const directory = await directoryOf({'bad.yaml': `kind: Secret\nstringData:\n  password: "${canary}\n`});
		const result = await run(['scan', '-f', `${directory}/bad.yaml`]);
		expect(result).toMatchObject({code: 2, stdout: ''});
		expect(result.stderr).toMatch(
			/^error: .*bad\.yaml is not valid YAML at line 4: .*\nMend the file \(the fault may begin a little above the line that is named\), or give another\.\n$/u,
		);
	});

	test('an empty file, and one without anything that knet follows', async () => {
		const directory = await directoryOf({
			'empty.yaml': '',
			'role.yaml': 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: x}\n',
		});
		const empty = `${directory}/empty.yaml`;
		expect(await run(['scan', '-f', empty])).toEqual(refusal(`${empty} holds no object.`, dumpHint));
		const role = `${directory}/role.yaml`;
		expect(await run(['scan', '-f', role])).toEqual(
			refusal(`${role} holds no object of a kind that knet follows, only Role.`, dumpHint),
		);
	});

	test.each([
		[
			'a template of Helm',
			'kind: Service\nmetadata:\n  {{- include "web.labels" . }}\n',
			'FILE is a template, not YAML: it has {{ at line 3.',
			'Give what the tool makes of it: helm template CHART | knet scan -f -.',
		],
		[
			'a kustomization',
			'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n',
			'FILE holds no object of a kind that knet follows, only Kustomization.',
			'Give what the tool makes of it: kubectl kustomize DIRECTORY | knet scan -f -.',
		],
		[
			'a kubeconfig',
			'apiVersion: v1\nkind: Config\nclusters: []\n',
			'FILE holds no object of a kind that knet follows, only Config.',
			'A kubeconfig is given with --kubeconfig.',
		],
		[
			'many kinds',
			'[{kind: A}, {kind: B}, {kind: C}, {kind: D}, {kind: E}]',
			'FILE holds no object of a kind that knet follows, only A, B, C and 2 other kinds.',
			dumpHint,
		],
		[
			'values of a chart',
			'image: {repository: web}\n',
			'FILE holds no Kubernetes object: nothing in it has a kind.',
			dumpHint,
		],
		[
			'a program',
			'\u007FELF\0\0',
			'FILE is neither text nor an archive that knet reads (tar, gzip).',
			dumpHint,
		],
	])('%s is told by what it is', async (_, content, sentence, next) => {
		const file = `${await directoryOf({'given.yaml': content})}/given.yaml`;
		expect(await run(['scan', '-f', file])).toEqual(refusal(sentence.replace('FILE', file), next));
	});

	test.each(['utf16le', 'utf16be'])('a file of Windows PowerShell is read: %s', async (encoding) => {
		const [, grounds = '', , file = ''] = broken;
		const bytes = Buffer.from(`\uFEFF${readFileSync(file, 'utf8')}`, 'utf16le');
		const directory = await directoryOf({});
		writeFileSync(`${directory}/dump.yaml`, encoding === 'utf16be' ? bytes.swap16() : bytes);
		const read = await run([...web, '-f', grounds, '-f', `${directory}/dump.yaml`]);
		expect(read).toEqual(await run([...web, ...broken]));
	});

	test('no such file', async () => {
		expect(await run(['scan', '-f', '/no/such.yaml'])).toEqual(
			refusal(
				'There is no file /no/such.yaml.',
				'Give a file, directory or archive with manifests, or - for standard input.',
			),
		);
	});

	test('objects that lead nowhere: could not tell', async () => {
		const directory = await directoryOf({
			'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: c}]}\n',
		});
		const result = await run(['scan', '-f', `${directory}/pod.yaml`]);
		expect(result.code).toBe(2);
		expect(result.stdout).toContain('The input holds no Service objects, so this cannot be decided.');
	});
});

test('nothing of a Secret is ever shown', async () => {
	const directory = await directoryOf({
		'secret.yaml': `apiVersion: v1
kind: Secret
metadata: {name: app-tls, namespace: shop, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"data":"${canary}"}'}}
type: kubernetes.io/dockerconfigjson
data: {password: ${canary}}
stringData: {other: ${canary}}
`,
	});
	for (const format of ['text', 'wide', 'json', 'yaml', 'markdown', 'name']) {
		const files = [
			...filesOf('tls-secret-missing'),
			'-f',
			`${grounds}traefik.yaml`,
			'-f',
			`${directory}/secret.yaml`,
		];
		const result = await run(['trace', 'https://app.example.com/', ...files, '-o', format]);
		expect([result.code, result.stderr]).toEqual([0, '']);
	}
});

describe('targets that are not there', () => {
	test.each([
		['svc/wbe', 'There is no Service wbe in namespace shop.', 'Did you mean web?'],
		[
			'svc/kube-dns',
			'There is no Service kube-dns in namespace shop.',
			'There is one in namespace kube-system: add -n kube-system.',
		],
		['deploy/wbe', 'There is no Deployment wbe in namespace shop.', 'Did you mean web?'],
		[
			'deploymnt/web',
			'deploymnt/web is neither a host that a rule names nor an object.',
			'Did you mean deployment/web?',
		],
		['srv/web', 'srv/web is neither a host that a rule names nor an object.', 'Did you mean service/web?'],
		[
			'http://10.9.9.9/',
			'No Service and no pod has the address 10.9.9.9.',
			'kubectl get services,endpointslices -A -o wide lists them.',
		],
		['pod/web-b:8080', 'There is no Pod web-b in namespace shop.', 'Did you mean web-a?'],
		[
			'10.9.9.9:80',
			'No Service and no pod has the address 10.9.9.9:80.',
			'kubectl get services,endpointslices -A -o wide lists them.',
		],
	])('%s', async (target, sentence, next) => {
		expect(await run(['trace', target, '-n', 'shop', ...well])).toEqual(refusal(sentence, next));
	});

	test('a node port of a Service of IPv4 is not open at an IPv6 address', async () => {
		const node = `
apiVersion: v1
kind: Node
metadata: {name: node-six}
status: {addresses: [{type: InternalIP, address: "fd00:0::5"}]}
---
apiVersion: v1
kind: Service
metadata: {name: doors, namespace: shop}
spec: {type: NodePort, clusterIP: 10.96.7.7, ipFamilies: [IPv4], ports: [{port: 80, nodePort: 30099}]}
`;
		const files = ['-f', await directoryOf({'all.yaml': node})];
		expect(await run(['trace', '[fd00::5]:30099', ...files])).toEqual(
			refusal(
				'No Service has node port 30099 for IPv6, and no pod on node-six declares it as host port.',
				'A process of the node itself may listen there: knet does not see it.',
			),
		);
	});

	test('of many that are there, the first five are named and the others counted', async () => {
		const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => letter.repeat(5));
		const services = names.map(
			(name) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {}\n`,
		);
		const directory = await directoryOf({'all.yaml': services.join('---\n')});
		expect(await run(['trace', 'svc/nothing', '-n', 'shop', '-f', directory])).toEqual(
			refusal(
				'There is no Service nothing in namespace shop.',
				'There are: aaaaa, bbbbb, ccccc, ddddd, eeeee and 2 more.',
			),
		);
	});

	test('the name of a Service as host', async () => {
		const result = await run([
			'trace',
			'web',
			'-f',
			`${grounds}traefik.yaml`,
			...filesOf('ingress-works-with-traefik'),
		]);
		expect(result.code).toBe(2);
		expect(result.stderr).toContain('web is neither a host that a rule names nor an object.');
		expect(result.stderr).toContain('Did you mean svc/shop/web?');
	});

	const service = (namespace: string, name = 'web'): string =>
		`apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {clusterIP: 10.96.1.1}\n`;

	test.each([
		['the only namespace of a file', [service('shop')]],
		['the only namespace of a file that has it', [service('shop'), service('prod', 'api')]],
	])('without -n a name is looked for in %s', async (_, services) => {
		const directory = await directoryOf({'all.yaml': services.join('---\n')});
		const {stdout, stderr} = await run(['trace', 'svc/web', '-f', directory]);
		expect(stderr).toBe('');
		expect(stdout).toContain('shop/web');
	});

	test('without -n a name in several namespaces of a file is not chosen', async () => {
		const directory = await directoryOf({'all.yaml': [service('shop'), service('prod')].join('---\n')});
		expect(await run(['trace', 'svc/web', '-f', directory])).toEqual(
			refusal('Service web is in the namespaces prod, shop.', 'Add -n prod, for example.'),
		);
	});

	test('a namespace', async () => {
		expect(await run(['trace', 'https://app.example.com/', '-n', 'shpo', ...well])).toEqual(
			refusal('There is no namespace shpo.', 'Did you mean shop?'),
		);
	});

	test('a source', async () => {
		expect(await run([...web, ...well, '--from', 'pod/clinet'])).toEqual(
			refusal('There is no Pod clinet in namespace shop.', 'Did you mean client?'),
		);
	});

	test.each(['pod/shpo/client', 'deploy/shpo/client'])('the namespace of %s', async (from) => {
		expect(await run([...web, ...well, '--from', from])).toEqual(
			refusal('There is no namespace shpo.', 'Did you mean shop?'),
		);
	});
});

describe('knet dns --type AAAA of a cluster without IPv6', () => {
	test.each([
		['web', 'web has no record: web.shop.svc.cluster.local exists with A records alone (NOERROR, no AAAA).'],
		['wbe', 'wbe has no record: there is no Service wbe in namespace shop.'],
	])('of %s', async (name, message) => {
		const {stdout} = await run(['dns', name, '-n', 'shop', '--type', 'AAAA', ...well]);
		expect(stdout).toContain(message);
	});
});

describe('a document that cannot be read', () => {
	const broken = 'apiVersion: v1\nkind: Service\nmetadata: {name: web\n';

	test('is left out of a directory: a scan proves at best what is left, exit code 2', async () => {
		const directory = await directoryOf({'broken.yaml': broken});
		const scans = await Promise.all([
			run(['scan', ...well]),
			run(['scan', ...well, '-f', directory]),
			run(['scan', ...well, '-f', directory, '--fail-on', 'never']),
			run([...web, ...well, '-f', directory]),
		]);
		expect(scans.map(({code}) => code)).toEqual([0, 2, 0, 0]);
		expect(scans[1]?.stderr).toContain(`warning: left out: ${directory}/broken.yaml is not valid YAML`);
	});

	test.each([
		['spec: {ports: "x"}', 'spec.ports of a Service is no list'],
		['spec: {ports: [{port: 80}], selector: 5}', 'spec.selector of a Service is no map'],
		['spec: 7', 'spec of a Service is no map'],
	])('is left out where %s has another form than the API gives it', async (spec, fault) => {
		const directory = await directoryOf({
			'a.yaml': `apiVersion: v1\nkind: Service\nmetadata: {name: web}\n${spec}\n`,
		});
		const {stderr, code} = await run(['scan', ...well, '-f', directory]);
		expect(stderr).toContain(`warning: left out: ${directory}/a.yaml is not read at line 1: ${fault}.`);
		expect(code).toBe(2);
	});

	test('is read where a field is there without a value', async () => {
		const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: null, ports: }\n';
		const directory = await directoryOf({'a.yaml': service});
		expect((await run(['scan', ...well, '-f', directory])).stderr).not.toContain('left out');
	});
});
