import {describe, expect, it} from 'vitest';
import {projectCiliumPolicy} from '../../../source/projection/policies/foreign-policy.ts';

describe('projectCiliumPolicy', () => {
	it('lets an empty list of rules isolate nothing', () => {
		const spec = {endpointSelector: {}, ingress: [], egress: [{toEntities: ['all']}]};
		expect(policy(spec).directions).toEqual(['Egress']);
	});

	it('lets enableDefaultDeny isolate a direction without rules', () => {
		const spec = {endpointSelector: {}, enableDefaultDeny: {ingress: true}, egress: [{}]};
		expect(policy(spec).directions).toEqual(['Ingress', 'Egress']);
	});

	it('does not read rules that requirements narrow', () => {
		const rules = [{fromEndpoints: [{}]}, {fromRequires: [{matchLabels: {team: 'a'}}]}];
		expect(policy({endpointSelector: {}, ingress: rules}).cilium).toBeUndefined();
		expect(policy({endpointSelector: {}, ingress: rules.slice(0, 1)}).cilium?.rules).toHaveLength(1);
	});

	it('takes the source of a label away, and leaves a domain that begins like one', () => {
		const matchLabels = {'k8s:app': 'web', 'k8s.ovn.org/zone': 'a'};
		expect(policy({endpointSelector: {matchLabels}}).subjects).toEqual([
			{
				type: 'labels',
				podSelector: {matchLabels: {app: 'web', 'k8s.ovn.org/zone': 'a'}, matchExpressions: []},
			},
		]);
	});

	it('does not read a selector by labels that Cilium leaves out', () => {
		const fromEndpoints = [
			{matchLabels: {'pod-template-hash': '5d9'}},
			{matchExpressions: [{key: 'statefulset.kubernetes.io/pod-name', operator: 'Exists'}]},
			{matchLabels: {'app.kubernetes.io/name': 'web', 'k8s:io.kubernetes.pod.namespace': 'shop'}},
		];
		const {subjects, cilium} = policy({endpointSelector: fromEndpoints[0], ingress: [{fromEndpoints}]});
		expect(subjects).toEqual([{type: 'unread'}]);
		expect(cilium?.rules[0]?.peers?.map(({type}) => type)).toEqual(['unread', 'unread', 'endpoints']);
	});

	it('reads a policy for the Envoy of Cilium, which selects no pod', () => {
		const endpointSelector = {matchExpressions: [{key: 'reserved:ingress', operator: 'Exists'}]};
		expect(policy({endpointSelector, ingress: [{}]}).subjects).toMatchObject([{type: 'labels'}]);
	});

	it('admits nothing by an item of toPorts without ports', () => {
		const toPorts = [{ports: []}, {ports: [{port: '80'}]}];
		expect(policy({endpointSelector: {}, ingress: [{toPorts}]}).cilium?.rules).toMatchObject([
			{ports: [{port: '80', protocol: ''}]},
		]);
	});
});

function policy(spec: unknown): ReturnType<typeof projectCiliumPolicy> {
	return projectCiliumPolicy({metadata: {name: 'p', namespace: 'shop'}, spec});
}
