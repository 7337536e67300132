import {expect, test} from 'vitest';
import {project} from '../../../source/projection/project.ts';
import {mtlsOf} from '../../../source/rules/mesh/mtls-mode.ts';
import {createStore} from '../../../source/store/store.ts';

/**
The cases of istio/istio, pilot/pkg/security/authn/policy_applier_test.go, TestComposePeerAuthentication. A policy is written as the scope
it is of (mesh, ns, workload), its mode, `:port=mode` for a port, and `@` its age; `{}` is an empty selector.
*/
const rows = `
no config                                       |                                            | PERMISSIVE
mesh only                                       | mesh STRICT                                | STRICT
mesh vs namespace                               | mesh UNSET ; ns STRICT                     | STRICT
a namespace wins over the mesh                  | mesh STRICT ; ns PERMISSIVE                | PERMISSIVE
a selector in the root namespace is left out    | root STRICT                                | PERMISSIVE
an empty selector in the root namespace is none | mesh{} STRICT                              | STRICT
an empty selector in a namespace is none        | ns{} STRICT:80=DISABLE                     | STRICT
workload vs namespace config                    | ns STRICT ; workload PERMISSIVE            | PERMISSIVE
workload vs mesh config                         | workload STRICT ; mesh PERMISSIVE          | STRICT
multiple mesh policy: the oldest counts         | mesh PERMISSIVE@2 ; mesh STRICT@1          | STRICT
multiple namespace policy: the oldest counts    | ns PERMISSIVE@1 ; ns STRICT@2              | PERMISSIVE
multiple workload policy: the oldest counts     | workload DISABLE@3 ; workload STRICT@1     | STRICT
inheritance: default mesh                       | mesh UNSET                                 | PERMISSIVE
inheritance: mesh to workload                   | mesh STRICT ; workload UNSET               | STRICT
inheritance: namespace to workload              | ns STRICT ; workload UNSET                 | STRICT
inheritance: mesh to namespace to workload      | mesh STRICT ; ns UNSET ; workload UNSET    | STRICT
port level                                      | workload STRICT:80=DISABLE                 | DISABLE
port level that is UNSET inherits               | ns STRICT ; workload UNSET:80=UNSET        | STRICT
port level of another port                      | workload STRICT:90=DISABLE                 | STRICT
`;

test.each(rows.trim().split('\n'))('%s', (row) => {
	const [, policies = '', mode] = row.split('|').map((cell) => cell.trim());
	const {writer, reader} = createStore({unlisted: {state: 'synced'}});
	for (const [index, policy] of policies.split(';').filter(Boolean).entries()) {
		writer.apply({type: 'apply', kind: 'PeerAuthentication', object: policyOf(policy.trim(), index)});
	}

	const pod = project('Pod', {metadata: {namespace: 'shop', name: 'web', labels: {app: 'web'}}});
	expect(mtlsOf(reader.snapshot(0), pod, 80)).toMatchObject({mode});
});

test('a selector in the root namespace is left out for its own workloads as well', () => {
	const {writer, reader} = createStore({unlisted: {state: 'synced'}});
	writer.apply({type: 'apply', kind: 'PeerAuthentication', object: policyOf('root STRICT', 0)});
	const pod = project('Pod', {metadata: {namespace: 'istio-system', name: 'web', labels: {app: 'web'}}});
	expect(mtlsOf(reader.snapshot(0), pod, 80)).toEqual({mode: 'PERMISSIVE'});
});

function policyOf(text: string, index: number) {
	const [, scope = '', empty, mode, port, ofPort, age = '0'] =
		/^([a-z]+)(\{\})? ([A-Z]+)(?::(\d+)=([A-Z]+))?(?:@(\d))?$/u.exec(text) ?? [];
	const hasSelector = ['workload', 'root'].includes(scope);
	return project('PeerAuthentication', {
		metadata: {
			namespace: ['mesh', 'root'].includes(scope) ? 'istio-system' : 'shop',
			name: `policy-${index}`,
			creationTimestamp: `2026-11-0${Number(age) + 1}T00:00:00Z`,
		},
		spec: {
			selector: hasSelector ? {matchLabels: {app: 'web'}} : empty && {},
			mtls: {mode},
			portLevelMtls: port ? {[port]: {mode: ofPort}} : undefined,
		},
	});
}
