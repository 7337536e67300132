import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {applyObjects} from '../../source/feeds/file/apply-objects.ts';
import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
import {keptWire} from '../../source/feeds/snapshot/kept-wire.ts';
import {kindOf} from '../../source/projection/kind-of.ts';
import {createRecorder} from '../../source/feeds/recording/recorder.ts';
import {isKeptAnnotation} from '../../source/model/kept/annotations.ts';
import {keptOf} from '../../source/model/kept/flags.ts';
import {addressesIn, projectWords} from '../../source/projection/workloads/command-line.ts';
import {keptData} from '../../source/projection/settings/config-map.ts';
import {keptOfCorefile, keptOfProxyConfig} from '../../source/projection/settings/documents.ts';
import {createStore} from '../../source/store/store.ts';

/** What a recording and a snapshot hold of these objects. */
function recordingOf(yaml: string): string {
	const lines: string[] = [];
	const {writer} = createStore();
	const recorder = createRecorder({
		writer,
		write: (line) => lines.push(line),
		clock: () => 0,
		metadata: {knetVersion: '0.0.0'},
	});
	const objects = parseObjects(yaml, 'test.yaml');
	applyObjects(recorder, objects);
	const kept = objects.flatMap((wire) => {
		const kind = kindOf(String(wire['apiVersion']), String(wire['kind']));
		return kind ? [JSON.stringify(keptWire(kind, wire))] : [];
	});
	return [...lines, ...kept].join('\n');
}

function deployment(args: string): string {
	return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {spec: {containers: [{name: c, image: web, args: ${args}}]}}}`;
}

function pod(container: string): string {
	return `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: c, image: web, ${container}}]}`;
}

function ingress(annotation: string): string {
	return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop, annotations: {${annotation}}}
spec: {}`;
}

function configMap(name: string, key: string, text: string): string {
	return `
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: kube-system}
data: {${key}: ${JSON.stringify(text)}}`;
}

const corefile = `.:53 {
    errors
    route53 example.org.:Z1 {
        aws_access_key AKIA c4n4ry
    }
    etcd skydns.local {
        credentials admin c4n4ry
    }
    tsig {
        secret key. c4n4ry
    }
    kubernetes cluster.local {
        pods insecure
        kubeconfig /c4n4ry
    }
    forward . tls://user:c4n4ry@9.9.9.9 {
        tls /c4n4ry.crt /c4n4ry.key
        except example.com
    }
}`;

const canaries: ReadonlyArray<readonly [string, string]> = [
	['an argument after a space', deployment('[--password, c4n4ry]')],
	['an argument after =', deployment('[--password=c4n4ry]')],
	['-pX', deployment('[-pc4n4ry]')],
	['-u user:X', deployment('[-u, "admin:c4n4ry"]')],
	['--api-key X', deployment('[--api-key, c4n4ry]')],
	['--psk=X', deployment('[--psk=c4n4ry]')],
	['PASS=X', deployment('[sh, -c, "PASS=c4n4ry exec web"]')],
	['a DSN', deployment('["postgres://u:c4n4ry@db:5432/shop"]')],
	['a DSN as a flag', deployment('["--dsn=mysql://u:c4n4ry@tcp(db)/shop"]')],
	['a bearer header', deployment('[curl, -H, "Authorization: Bearer c4n4ry"]')],
	['JSON', deployment(`['{"password": "c4n4ry"}']`)],
	['a token of a provider of Traefik', deployment('[--providers.consul.token=c4n4ry]')],
	['a token of the Ingress provider of Traefik', deployment('[--providers.kubernetesingress.token=c4n4ry]')],
	['a flag of a class that is a secret', deployment('[--class-token=c4n4ry]')],
	['a command', pod('command: [sh, -c, "web --token c4n4ry"]')],
	['env', pod('env: [{name: A, value: c4n4ry}]')],
	['env with an address', pod('env: [{name: A, value: "redis://:c4n4ry@10.0.0.1"}]')],
	['the query of a probe', pod('readinessProbe: {httpGet: {path: "/ready?token=c4n4ry", port: 80}}')],
	[
		'a header of a probe',
		pod('readinessProbe: {httpGet: {port: 80, httpHeaders: [{name: A, value: c4n4ry}]}}'),
	],
	['the command of a probe', pod('readinessProbe: {exec: {command: [check, c4n4ry]}}')],
	['last-applied-configuration', ingress('kubectl.kubernetes.io/last-applied-configuration: c4n4ry')],
	['a snippet', ingress('nginx.ingress.kubernetes.io/configuration-snippet: c4n4ry')],
	['vault', ingress('vault.hashicorp.com/agent-inject-template-x: c4n4ry')],
	['auth-url', ingress('nginx.ingress.kubernetes.io/auth-url: "https://u:c4n4ry@a.example.com/?k=c4n4ry"')],
	['a Corefile', configMap('coredns', 'Corefile', corefile)],
	['a kubeconfig of kube-proxy', configMap('kube-proxy', 'kubeconfig.conf', 'token: c4n4ry')],
	[
		'a configuration of kube-proxy',
		configMap('kube-proxy', 'config.conf', 'mode: ipvs\nclientConnection: {token: c4n4ry}'),
	],
	[
		'data of a Secret',
		'apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: shop, annotations: {a: c4n4ry}}\nstringData: {a: c4n4ry}\ndata: {b: c4n4ry}',
	],
	[
		'a header that a route sets',
		`
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec: {rules: [{filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: Authorization, value: c4n4ry}]}}]}]}`,
	],
];

test.each(canaries)('a recording holds no secret of %s', (_, yaml) => {
	const recording = recordingOf(yaml);
	expect(recording).toContain('"init-apply"');
	expect(recording).not.toContain('c4n4ry');
});

test('long texts of tenants cost no more than their length', () => {
	const texts = [
		'::' + '1'.repeat(1e6) + 'x',
		'1.'.repeat(5e5),
		':'.repeat(1e6),
		'--class' + 'c'.repeat(1e6),
	];
	expect(texts.flatMap(addressesIn)).toEqual([]);
	expect(projectWords(texts)).toHaveLength(1);
	expect(keptOfCorefile(`. {\n  hosts {\n    ${'.'.repeat(1e6)}x\n  }\n}`)).toBe('. {\nhosts {\n}\n}');
});

describe('what walks read stays', () => {
	test.each([
		[
			['--proxy-mode', 'ipvs', '--config=/a'],
			['--proxy-mode=ipvs', '--config='],
		],
		[['sh', '-c', 'exec kube-proxy --proxy-mode=nftables -v 2'], ['--proxy-mode=nftables']],
		[
			['--ingress-class-by-name', '--controller-class=k8s.io/ingress-nginx'],
			['--ingress-class-by-name=', '--controller-class=k8s.io/ingress-nginx'],
		],
		[['--configmap=$(POD_NAMESPACE)/nginx'], ['--configmap=$(POD_NAMESPACE)/nginx']],
		[
			['--EntryPoints.web.Address=:8000/tcp', '--providers.kubernetescrd'],
			['--EntryPoints.web.Address=:8000/tcp', '--providers.kubernetescrd='],
		],
		[
			['--db=10.96.0.7:5432', 'http://[fd00::7]/'],
			['10.96.0.7', 'fd00::7'],
		],
	])('of the words %j', (words, kept) => {
		expect(projectWords(words)).toEqual(kept);
	});

	test('addresses are whole', () => {
		expect(addressesIn('v1.2.3.4 1.2.3.4.5 1.2.3.400 12:30:45 a=10.0.0.1, ::1')).toEqual(['10.0.0.1', '::1']);
	});

	test('of a Corefile: plugins, and the lines of those that decide names', () => {
		expect(keptOfCorefile(corefile)).toBe(
			`.:53 {
errors
route53 {
}
etcd {
}
tsig {
}
kubernetes cluster.local {
pods insecure
}
forward . tls://9.9.9.9 {
except example.com
}
}`,
		);
	});

	test('of a configuration of kube-proxy', () => {
		const text =
			'mode: ipvs\niptables:\n  masqueradeAll: true\nnodePortAddresses:\n- 10.0.0.0/8\nother:\n- x';
		expect(keptOfProxyConfig(text)).toBe(
			'mode: ipvs\n  masqueradeAll: true\nnodePortAddresses:\n- 10.0.0.0/8',
		);
	});
});

/** Source of everything that walks. */
const source = fileURLToPath(new URL('../../source/', import.meta.url));
const files = readdirSync(source, {recursive: true, encoding: 'utf8'}).filter((file) =>
	/^(?:path|rules)\/.*\.ts$/u.test(file),
);
const walks = textOf(files);
const ofHaproxy = (file: string) => file.includes('/haproxy-ingress/');

function textOf(names: readonly string[]): string {
	return names.map((file) => readFileSync(join(source, file), 'utf8')).join('\n');
}

/** Annotations that are read by their name without the prefix of the controller. */
function annotationsIn(text: string, prefix: string): readonly string[] {
	const named = text.matchAll(/(?:annotationOf|switchOf)\(\s*\w+,\s*'([^']+)'/gu);
	return [...named].map(([, name]) => `${prefix}/${name}`);
}

test('every flag that a walk reads is kept', () => {
	const flags = [...walks.matchAll(/\bflags\['([^']+)'\]/gu)].map(([, name]) => name!);
	expect(flags.length).toBeGreaterThan(8);
	expect(flags.filter((name) => keptOf(name) !== 'value')).toEqual([]);
});

test('every setting that a walk reads is kept, of a flag or of a ConfigMap', () => {
	const named = [...walks.matchAll(/\bsettings\['([^']+)'\]|\bsettingOf\('([^']+)'\)/gu)];
	const names = named.map(([, setting, ofTech]) => setting ?? ofTech!);
	expect(names.length).toBeGreaterThan(20);
	const lost = names.filter((name) => keptData({[name]: '443'})[name] !== '443' && keptOf(name) !== 'value');
	// In the ConfigMap of an application it may be a password.
	expect(lost).toEqual(['auth-secret']);
});

test('every annotation that a walk reads is kept', () => {
	const haproxy = annotationsIn(textOf(files.filter(ofHaproxy)), 'haproxy-ingress.github.io');
	const nginx = annotationsIn(
		textOf(files.filter((file) => !ofHaproxy(file))),
		'nginx.ingress.kubernetes.io',
	);
	const others = [...walks.matchAll(/annotations\[\s*'([^']+\/[^']+)'/gu)].map(([, name]) => name!);
	expect(nginx.length).toBeGreaterThan(10);
	expect([...haproxy, ...nginx, ...others].filter((name) => !isKeptAnnotation(name))).toEqual([]);
});
