import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parseTarget} from '../../../source/path/target-text.ts';
import {walk} from '../../../source/path/walk/walk.ts';
import {accepted} from '../../helpers/scenario.ts';
import {snapshotOfFile} from '../../helpers/snapshot.ts';

function read(path: string): string {
	return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

test('pods of a gateway that the file does not hold may have labels by which another policy lets clients in', () => {
	const scenario = read('scenarios/authorization-policy-allows-nothing-at-a-gateway/cluster.yaml');
	const withoutDeployment = scenario.split('\n---\n').filter((part) => !part.includes('kind: Deployment'));
	const other = `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: edge, namespace: shop}
spec: {selector: {matchLabels: {team: edge}}, rules: [{}]}
`;
	const sources = ['cluster', 'gateway', 'web'].map((name) => read(`data-sources/${name}.yaml`));
	const yaml = [...sources, ...withoutDeployment, other].join('\n---\n');
	const target = accepted(parseTarget('http://app.example.com/'));
	expect(walk(snapshotOfFile(yaml), {target, namespace: 'shop'}).verdict).toBe('unknown');
});
