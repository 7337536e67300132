import {expect, test} from 'vitest';
import {describeLines} from '../../../source/commands/objects/describe-lines.ts';

test('an object is described as kubectl describes it: conditions, status, spec, events', () => {
	const pod = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name: 'api-1',
			namespace: 'shop',
			uid: 'x',
			creationTimestamp: '2026-11-26T02:30:00Z',
			labels: {app: 'api'},
			ownerReferences: [{kind: 'ReplicaSet', name: 'api-7d9f'}],
		},
		spec: {
			nodeName: 'node-a',
			containers: [{name: 'app', ports: [{containerPort: 8080}], args: ['-v', '2']}],
		},
		status: {
			phase: 'Running',
			conditions: [
				{
					type: 'Ready',
					status: 'False',
					reason: 'ContainersNotReady',
					message: 'not ready: [app]\u001B[2J',
					lastTransitionTime: '2026-11-26T02:31:00Z',
				},
			],
		},
	};
	expect(describeLines(pod, ['02:31  Warning  Unhealthy  HTTP 500']).join('\n')).toMatchInlineSnapshot(`
		"Name:       api-1
		Namespace:  shop
		Kind:       Pod, v1
		Created:    2026-11-26T02:30:00Z
		Owner:      ReplicaSet/api-7d9f

		Labels:
		  app: api

		Conditions:
		  Ready  False    2026-11-26 02:31:00  ContainersNotReady  not ready: [app]^[[2J

		Status:
		  phase: Running

		Spec:
		  nodeName: node-a
		  containers:
		    - name: app
		      ports:
		        - containerPort: 8080
		      args:
		        - -v
		        - "2"

		Events:
		  02:31  Warning  Unhealthy  HTTP 500"
	`);
});
