import {parseDocument} from 'yaml';
import {expect, test} from 'vitest';
import {linesOfField} from '../../../source/commands/objects/lines-of-field.ts';

const source = `kind: Pod
metadata:
  name: api
  labels:
    app.kubernetes.io/name: api
    tier: front
spec:
  containers:
    - name: app
      image: api:v42
status:
  conditions:
    - type: Initialized
      status: "True"
    - type: Ready
      status: "False"
`;

test.each([
	['status.conditions[Ready].status', [15]],
	['spec.containers[0].image', [9]],
	['spec.containers[app].image', [9]],
	['metadata.name', [2]],
	['metadata.labels[app.kubernetes.io/name]', [4]],
	['metadata.labels[tier]', [5]],
	['metadata.labels', [4, 5]],
	['status', [11]],
	['nowhere', []],
])('the field %s stands on lines %j', (field, lines) => {
	expect(linesOfField(parseDocument(source), source, field)).toEqual(lines);
});
