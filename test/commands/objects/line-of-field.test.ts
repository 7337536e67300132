import {parseDocument} from 'yaml';
import {expect, test} from 'vitest';
import {lineOfField} from '../../../source/commands/objects/line-of-field.ts';

const source = `kind: Pod
metadata:
  name: api
  labels:
    app.kubernetes.io/name: api
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
	['status.conditions[Ready].status', 14],
	['spec.containers[0].image', 8],
	['spec.containers[app].image', 8],
	['metadata.name', 2],
	['metadata.labels[app.kubernetes.io/name]', 4],
	['nowhere', undefined],
])('the field %s stands on line %s', (field, line) => {
	expect(lineOfField(parseDocument(source), source, field)).toBe(line);
});
