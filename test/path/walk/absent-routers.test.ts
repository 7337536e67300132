import {expect, test} from 'vitest';
import {parseTarget} from '../../../source/path/target-text.ts';
import {walk} from '../../../source/path/walk/walk.ts';
import {snapshotOfFile} from '../../helpers/snapshot.ts';

const lists = ['Ingress', 'HTTPRoute', 'GRPCRoute', 'Gateway']
	.map((kind) => {
		const api = kind === 'Ingress' ? 'networking.k8s.io/v1' : 'gateway.networking.k8s.io/v1';
		return `{apiVersion: ${api}, kind: ${kind}List, items: []}\n---\n`;
	})
	.join('');
const whole = `${lists}{apiVersion: v1, kind: Service, metadata: {name: kubernetes, namespace: default}}\n---\n`;

function pod(image: string, labels = '{}'): string {
	return `{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: edge, labels: ${labels}}, spec: {containers: [{name: main, image: ${image}}]}}`;
}

function definition(name: string): string {
	return `{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: ${name}, uid: u}}`;
}

/** Verdict of a host that no object of the file names, and what is said of it. */
function hostIn(yaml: string): readonly [string, ...string[]] {
	const parsed = parseTarget('http://app.example.com/');
	if ('problem' in parsed) {
		throw new Error(parsed.problem);
	}

	const {verdict, paths} = walk(snapshotOfFile(yaml), {target: parsed.value});
	const findings = paths.flatMap(({hops}) => hops.flatMap(({findings: found}) => found));
	return [verdict ?? '', ...findings.map(({message}) => message)];
}

test('without programs and definitions, any router may be there', () => {
	expect(hostIn(whole)).toEqual([
		'unknown',
		'The input holds no HTTPProxy, IngressRoute, IngressRouteTCP and 10 more kinds: one of them may route the host.',
	]);
});

test.each([
	['Contour', pod('ghcr.io/projectcontour/contour:v1.30.0'), 'HTTPProxy'],
	['Traefik', pod('docker.io/rancher/mirrored-library-traefik:3.3'), 'IngressRoute, IngressRouteTCP'],
	['istiod', pod('docker.io/istio/pilot:1.24.0'), 'VirtualService'],
	[
		"OpenShift's router",
		pod(
			'quay.io/openshift@sha256:0',
			'{ingresscontroller.operator.openshift.io/deployment-ingresscontroller: default}',
		),
		'Route',
	],
	['Knative', pod('gcr.io/knative-releases/knative.dev/serving/cmd/controller@sha256:0'), 'Ingress'],
])('where %s runs, the objects that it serves are missing', (_, yaml, kinds) => {
	expect(hostIn(whole + yaml)).toEqual([
		'unknown',
		`The input holds no ${kinds}: one of them may route the host.`,
	]);
});

test('pods that serve no such router show that there is none', () => {
	expect(hostIn(whole + pod('registry.k8s.io/ingress-nginx/controller:v1.12.0'))).toEqual([
		'broken',
		'No Ingress and no route in any namespace names the host app.example.com.',
	]);
});

test('definitions as a server keeps them tell which kinds there are', () => {
	expect(hostIn(whole + definition('httpproxies.projectcontour.io'))).toEqual([
		'unknown',
		'The input holds no HTTPProxy: one of them may route the host.',
	]);
	const programs = `${whole}${pod('traefik:3.3')}\n---\n`;
	expect(hostIn(programs + definition('widgets.example.com'))[0]).toBe('broken');
});

test('a file of one namespace is not known to hold the pods of all', () => {
	expect(hostIn(lists + pod('nginx'))[0]).toBe('unknown');
});
