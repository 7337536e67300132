import {readFileSync} from 'node:fs';
import {cp, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {Ajv} from 'ajv';
import {describe, expect, onTestFinished, test} from 'vitest';
import {validateXML} from 'xmllint-wasm';
import {directoryOf} from '../helpers/files.ts';
import {schemaErrors} from '../helpers/schema.ts';
import {refusal, run} from './run.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const manifests = join(fixtures, 'manifests');
const pullRequest = ['scan', '-f', manifests];
const scenarios = fileURLToPath(new URL('../scenarios/', import.meta.url));
const notReady = [
	['-f', fileURLToPath(new URL('../data-sources/cluster.yaml', import.meta.url))],
	['-f', join(scenarios, 'no-ready-endpoints/cluster.yaml')],
].flat();

async function output(...args: readonly string[]): Promise<string> {
	return (await run(args)).stdout;
}

/** Of `sarif-2.1.0.json`, which is a draft 4 without anything that draft 7 reads in another way but its id. */
function sarifErrors(log: unknown): unknown {
	const text = readFileSync(join(fixtures, 'schemas/sarif-2.1.0.json'), 'utf8');
	const {id: _, $schema: __, ...schema} = JSON.parse(text) as Record<string, unknown>;
	const ajv = new Ajv({strict: false, validateFormats: false, allErrors: true, unicodeRegExp: false});
	return ajv.validate(schema, log) ? [] : ajv.errors;
}

async function junitErrors(xml: string): Promise<unknown> {
	const schema = await readFile(join(fixtures, 'schemas/junit.xsd'), 'utf8');
	const {errors} = await validateXML({
		xml: [{fileName: 'knet.xml', contents: xml}],
		schema: [schema],
	});
	return errors;
}

describe('a pull request of manifests with three faults, without a cluster', () => {
	test('each fault is found, what a cluster would add is unknown, and inference is said', async () => {
		const {stdout, code} = await run(pullRequest);
		expect(code).toBe(1);
		expect([...stdout.matchAll(/^✗ .*?(KNET\d+)/gmu)].map(([, found]) => found)).toEqual([
			'KNET403',
			'KNET501',
			'KNET505',
		]);
		expect(stdout).toContain('5 paths: 3 broken, 2 unknown\n');
		const web = await output('trace', 'svc/shop/web', '-f', manifests);
		expect(web).toContain('✓ Endpoints      shop/web  2 of 2 ready\n');
		expect(web).toContain('those that its manifests ask for are taken to run and to be ready');
	});

	test('junit fits the schema of Jenkins', async () => {
		const xml = await output(...pullRequest, '-o', 'junit');
		expect(await junitErrors(xml)).toEqual([]);
		expect(xml).toContain('<testsuites name="knet" tests="5" failures="3" errors="2">');
		expect(xml).toContain('<testcase classname="shop" name="svc/api:80">');
		const failures = [...xml.matchAll(/<failure type="(KNET\d+)" [^>]*>(KNET\d+) /gu)];
		expect(failures.map(([, cause, first]) => first === cause)).toEqual([true, true, true]);
	});

	test('sarif fits its schema, and names file and line', async () => {
		const log = JSON.parse(await output(...pullRequest, '-o', 'sarif')) as {
			readonly runs: readonly [{readonly results: readonly Record<string, unknown>[]}];
		};
		expect(sarifErrors(log)).toEqual([]);
		const errors = log.runs[0].results.filter(({level}) => level === 'error');
		expect(errors.map(({ruleId}) => ruleId)).toEqual(['KNET403', 'KNET501', 'KNET505']);
		expect(errors[2]).toMatchObject({
			locations: [
				{
					physicalLocation: {
						artifactLocation: {uri: join(manifests, 'api.yaml')},
						region: {startLine: 29},
					},
				},
			],
		});
	});

	test('github annotates the lines of the objects', async () => {
		const text = await output(...pullRequest, '-o', 'github');
		expect(text.split('\n').filter((line) => line.startsWith('::error '))).toHaveLength(3);
		expect(text).toMatch(
			/^::error file=\S*api\.yaml,line=19,title=KNET501 selector-matches-no-pods%2C Service\/shop\/api::/mu,
		);
		expect(text).not.toMatch(/^(?!::(?:error|warning|notice) ).+/mu);
		expect(text).toMatch(/^::error [^]*^::notice /mu);
		expect(text).not.toMatch(/^::(?:notice|warning) [^]*^::error /mu);
	});

	test('each fault counts with --manifests, too', async () => {
		expect((await run([...pullRequest, '--manifests'])).code).toBe(1);
	});
});

describe('--manifests, for files that no cluster has seen', () => {
	const objects = (withGateway: boolean) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
${
	withGateway
		? `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: edge}
spec: {controllerName: gateway.envoyproxy.io/gatewayclass-controller}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: edge, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec: {parentRefs: [{name: edge}], hostnames: [web.example.com], rules: [{backendRefs: [{name: web, port: 80}]}]}
`
		: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  ingressClassName: nginx
  rules: [{host: web.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
`
}`;

	test.each([
		['an Ingress', false],
		['a Gateway', true],
	])('those of %s without a fault end with 0, and stay unknown', async (_, withGateway) => {
		const directory = await directoryOf({'all.yaml': objects(withGateway)});
		const args = ['scan', '-f', directory];
		const plain = await run(args);
		expect(plain.code).toBe(2);
		expect(plain.stdout).toContain('\nIf these are manifests, not a dump: --manifests leaves out');
		const {stdout, code} = await run([...args, '--manifests']);
		expect(code).toBe(0);
		expect(stdout).toMatch(/^\? unknown {3}.* \(ignored: --manifests\)$/mu);
		expect(stdout).not.toMatch(/^✓|If these are manifests/mu);
		expect(stdout).toMatch(/^\d paths: \d unknown \(only by what is ignored\)$/mu);
		expect((await run([...args, '--manifests', '-o', 'github'])).stdout).toBe('');
	});

	test('a pod of a manifest is taken to run, as those of a workload are', async () => {
		const [, service] = objects(false).split('---\n');
		const pod = `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
---
`;
		const directory = await directoryOf({'all.yaml': pod + service});
		expect((await run(['scan', '-f', directory, '--manifests'])).code).toBe(0);
		const seen = pod.replace('name: web,', 'name: web, uid: 1f2e,');
		expect(
			(await run(['scan', '-f', await directoryOf({'all.yaml': seen + service}), '--manifests'])).code,
		).toBe(1);
	});

	test('nothing is proven by files without an entry', async () => {
		const directory = await directoryOf({'all.yaml': objects(false).split('---')[0]!});
		expect((await run(['scan', '-f', directory, '--manifests'])).code).toBe(2);
	});

	test('it is refused without files', async () => {
		expect(await run(['scan', '--manifests', '-s', 'http://127.0.0.1:1'])).toEqual(
			refusal('--manifests is for files.', 'Give them with --filename.'),
		);
	});
});

describe('what is ignored', () => {
	test('by a flag is shown and not counted', async () => {
		const ignored = ['--ignore', 'KNET503', '--ignore', 'KNET702:pod/shop/web-a'];
		const {stdout, code} = await run(['scan', ...notReady, ...ignored]);
		expect(code).toBe(0);
		expect(stdout).toMatch(/^✗ broken .*\(ignored: --ignore KNET702:pod\/shop\/web-a\)$/mu);
		expect((await run(['scan', ...notReady, '--ignore', 'KNET503'])).code).toBe(1);
		expect((await run(['scan', ...notReady, ...ignored.slice(0, 3), 'KNET702:pod/shop/other'])).code).toBe(1);
		const trace = await run(['trace', 'svc/shop/web', ...notReady, ...ignored]);
		expect(trace.code).toBe(0);
		expect(trace.stdout).toContain('(ignored: --ignore KNET503)');
		const report: unknown = JSON.parse(await output('scan', ...notReady, ...ignored, '-o', 'json'));
		expect(schemaErrors(report)).toEqual([]);
		expect(JSON.stringify(report)).toContain('"ignored":"--ignore KNET503"');
		const xml = await output('scan', ...notReady, ...ignored, '-o', 'junit');
		expect(await junitErrors(xml)).toEqual([]);
		expect(xml).toContain('<skipped>KNET702 ');
	});

	test('by an annotation of the object', async () => {
		const directory = await mkdtemp(join(tmpdir(), 'knet-ignore-'));
		onTestFinished(() => rm(directory, {recursive: true}));
		await cp(manifests, directory, {recursive: true});
		const file = join(directory, 'api.yaml');
		const annotated = (await readFile(file, 'utf8')).replaceAll(
			/kind: Service\nmetadata:\n/gu,
			'$&  annotations: {knet/ignore: "KNET501, KNET505"}\n',
		);
		await writeFile(file, annotated);
		const {stdout} = await run(['scan', '-f', directory, '-o', 'github']);
		expect(stdout).toContain('(ignored: annotation knet/ignore of Service/shop/api)');
		expect(stdout.match(/^::error /gmu)).toHaveLength(1);
		const {code} = await run(['trace', 'svc/shop/api-metrics', '-f', directory, '--ignore', 'KNET608']);
		expect(code).toBe(0);
	});

	test('by the configuration', async () => {
		const directory = await mkdtemp(join(tmpdir(), 'knet-config-'));
		onTestFinished(() => rm(directory, {recursive: true}));
		await cp(fileURLToPath(new URL('../fixtures/ignore-config', import.meta.url)), directory, {
			recursive: true,
		});
		const {stdout, code} = await run(['scan', ...notReady], {XDG_CONFIG_HOME: directory});
		expect(code).toBe(0);
		expect(stdout).toContain('(ignored: configuration: known since May)');
	});

	test('must be a code', async () => {
		expect(await run(['scan', ...notReady, '--ignore', '503'])).toEqual(
			refusal('--ignore 503 names no finding.', 'Give KNET503, or KNET503:Service/shop/web for one object.'),
		);
	});
});

describe('templates and selectors', () => {
	test.each([
		['{.verdict}', 'broken'],
		['.verdict', 'broken'],
		[
			'{range .paths[?(@.verdict=="broken")]}{.title}{"\\t"}{.brokenAt}{"\\n"}{end}',
			'svc/web:80\tendpoints\n',
		],
		['{.paths[0].hops[-1:].kind}', 'pod'],
		["{.paths[?(@.brokenAt=='endpoints')].target.text}", 'svc/shop/web:http'],
		['{$.kind}: {..brokenAt}', 'Scan: endpoints'],
		['{.paths[0].share}', ''],
	])('-o jsonpath=%s', async (template, expected) => {
		expect(await output('scan', ...notReady, '-o', `jsonpath=${template}`)).toBe(expected);
	});

	test.each([['{.a'], ['{range .paths[*]}x'], ['{end}'], ['{.paths[?(]}']])(
		'%s is refused in one sentence',
		async (template) => {
			const {code, stderr} = await run(['scan', ...notReady, '-o', `jsonpath=${template}`]);
			expect(code).toBe(2);
			expect(stderr).toMatch(/^error: --output jsonpath=.* cannot be read: .*\.\nFor example: /u);
		},
	);

	test.each([
		['k8s-app=kube-dns', 2],
		['k8s-app!=kube-dns', 1],
		['k8s-app in (kube-dns, x)', 2],
		['!k8s-app', 1],
		['k8s-app,k8s-app notin (other)', 2],
	])('-l %s takes %d paths', async (selector, count) => {
		const report = JSON.parse(await output('scan', ...notReady, '-l', selector, '-o', 'json')) as {
			readonly paths: readonly unknown[];
		};
		expect(report.paths).toHaveLength(count);
	});

	test('what is no selector is refused', async () => {
		expect(await run(['scan', ...notReady, '-l', 'a=(b'])).toEqual(
			refusal(
				'--selector a=(b is no label selector.',
				"For example: app=web, tier!=cache, 'env in (test, live)'.",
			),
		);
	});
});
