import {project} from '../../source/projection/project.ts';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Details} from '../../source/path/details.ts';
import {canAskFromOutside, hostHelper, isAlone} from './helpers/environment.ts';
import {eventually} from './helpers/eventually.ts';
import {prober, server, service} from './helpers/manifests.ts';
import {apply, change, createNamespace, isReady, list, removeNamespace} from './helpers/objects.ts';
import {addressOfController, askHost} from './helpers/outside.ts';
import {codesOf, runKnet, type Report} from './helpers/run-knet.ts';

let namespace: string;

const localhost = `[sh, -c, "busybox httpd -f -p 127.0.0.1:8080 || busybox nc -lk -s 127.0.0.1 -p 8080 -e cat"]`;
const portOf = (name: string) =>
	service(name, `selector: {app: ${name}}, ports: [{name: http, port: 80, targetPort: 8080}]`);

beforeAll(async () => {
	namespace = await createNamespace('evidence');
	const servers = [
		server('web', {replicas: 3}),
		server('refusing', {replicas: 1, args: '[pause]', container: 'tty: false'}),
		server('local', {replicas: 1, args: '[]', container: `command: ${localhost}`}),
	];
	await apply([...servers, ...['web', 'refusing', 'local'].map(portOf), prober()].join(''), namespace);
	await eventually(
		async () => (await list('v1', 'Pod', namespace)).filter(isReady).length,
		(ready) => ready === 6,
	);
});

afterAll(async () => removeNamespace(namespace));

function probe(target: string, ...more: readonly string[]): Promise<Report> {
	return runKnet(['trace', target, '-n', namespace, '--probe', ...more]);
}

type Proxy = Details['kube-proxy'];

/** What is said of each node's own rules. */
function nodesOf({paths}: Report): NonNullable<Proxy['nodes']> {
	const details = paths[0]?.hops.find(({kind}) => kind === 'kube-proxy')?.details as Proxy | undefined;
	return details?.nodes ?? [];
}

test('every DNS pod is asked, and answers what is predicted', async () => {
	const pods = (await list('v1', 'Pod', 'kube-system'))
		.map((wire) => project('Pod', wire))
		.filter(({labels}) => labels['k8s-app'] === 'kube-dns');
	const report = await runKnet(['dns', `web.${namespace}.svc.cluster.local`, '--probe']);
	expect(report.verdict).toBe('ok');
	const requested = new Set(
		report.tries?.flatMap(({observed = []}) => observed.map(({resolver}) => resolver)),
	);
	for (const {name} of pods) {
		expect(requested).toContain(`kube-system/${name}`);
	}
});

test("every node's own rules agree with the prediction", async () => {
	const report = await eventually(
		() => probe('svc/web:80'),
		(found) => nodesOf(found).length > 0 && nodesOf(found).every(({state}) => state === 'agrees'),
		{describe: (last) => JSON.stringify(nodesOf(last as Report))},
	);
	expect(report.verdict).toBe('ok');
	expect(codesOf(report).filter((code) => code.startsWith('KNET60'))).toEqual([]);
});

test('a pod that refuses its port is KNET707, and one that listens on localhost alone KNET708', async () => {
	const [refusing, local] = await Promise.all([probe('svc/refusing:80'), probe('svc/local:80')]);
	expect(refusing.paths.map(({rootCause, symptom}) => [rootCause, symptom])).toEqual([
		['KNET707', 'connection-refused'],
	]);
	expect(local.paths.map(({rootCause}) => rootCause)).toEqual(['KNET708']);
});

test('without --probe nothing is sent, and nothing rests on evidence', async () => {
	const {paths} = await runKnet(['trace', 'svc/refusing:80', '-n', namespace]);
	expect(paths.flatMap(({hops}) => hops.map(({basis}) => basis))).not.toContain('evidence');
});

describe.runIf(hostHelper !== undefined && isAlone)('with a node whose kube-proxy stands still', () => {
	test('the node is named by KNET603 and KNET604 until it follows again', async () => {
		const pods = (await list('v1', 'Pod', 'kube-system')).map((wire) => project('Pod', wire));
		const node = pods.find(({labels}) => labels['k8s-app'] === 'kube-proxy')?.nodeName ?? '';
		await askHost('freeze', node);
		try {
			await change({apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}, namespace, {
				spec: {template: {metadata: {annotations: {changed: 'yes'}}}},
			});
			const report = await eventually(
				() => probe('svc/web:80'),
				(found) => codesOf(found).includes('KNET603') && codesOf(found).includes('KNET604'),
			);
			const states = Object.fromEntries(nodesOf(report).map((each) => [each.node, each.state]));
			expect(states[node]).toBe('differs');
			expect(Object.values(states).filter((state) => state === 'differs')).toHaveLength(1);
		} finally {
			await askHost('thaw', node);
		}

		await eventually(
			() => probe('svc/web:80'),
			(found) => nodesOf(found).every(({state}) => state === 'agrees'),
		);
	});
});

describe.runIf(hostHelper !== undefined && canAskFromOutside)('with the world outside', () => {
	test('a name that leads elsewhere is KNET103, one that nobody knows KNET101', async () => {
		const [known, unknown] = [`known.${namespace}.example.com`, `unknown.${namespace}.example.com`];
		const rule = (host: string) =>
			`{host: ${host}, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}`;
		await apply(
			`{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: site}, spec: {rules: [${rule(known)}, ${rule(unknown)}]}}`,
			namespace,
		);
		await eventually(addressOfController, (address) => address !== '');
		await askHost('dns', known, '198.51.100.7');
		// The world's DNS takes a moment to know.
		const says = (host: string, fits: (codes: readonly string[]) => boolean) =>
			eventually(async () => codesOf(await runKnet(['trace', `http://${host}/`, '--probe'], 'client')), fits);
		await says(known, (codes) => codes.includes('KNET103'));
		await says(unknown, (codes) => codes.includes('KNET101'));
		await askHost('dns', known, await addressOfController());
		await says(known, (codes) => !codes.some((code) => code.startsWith('KNET10')));
	});

	test('a pod that the API server cannot reach is not blamed', async () => {
		const pods = (await list('v1', 'Pod', namespace)).map((wire) => project('Pod', wire));
		const address =
			pods.find(({labels, deletedAt}) => labels['app'] === 'web' && deletedAt === undefined)?.podIPs[0] ?? '';
		const rule = ['OUTPUT', '-d', address, '-j', 'DROP'];
		await askHost('in', 'cp', 'iptables', '-I', ...rule);
		try {
			const report = await probe('svc/web:80');
			expect(report.verdict).not.toBe('broken');
			expect(codesOf(report)).not.toContain('KNET707');
		} finally {
			await askHost('in', 'cp', 'iptables', '-D', ...rule);
		}
	});
});
