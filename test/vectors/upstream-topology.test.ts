import {expect, test} from 'vitest';
import {runTopologyCase} from './kube-proxy-topology.ts';

/**
Cases of kubernetes/kubernetes, pkg/proxy/topology_test.go, TestCategorizeEndpoints, which the vectors leave out. An endpoint is written
as its name, then `L` local, `!` not ready, `T` terminating and serving, `@` its zones. Then come the sets of the cluster and of the
node (`-` is not used), and all that are reachable.
*/
const rows = `
eTP Local, topology ignored for Local endpoints | zone-a | etp | 3L@a 4L@b 5@c 6@a      | 3 6     | 3 4 | 3 4 6
empty node labels                               |        |     | 3@a                    | 3       | -   | 3
normal endpoint filtering                       | zone-a |     | 3@a 4@b 5@c 6@a        | 3 6     | -   | 3 6
only unready endpoints in same zone             | zone-a |     | 3!@a 4@b 5@c 6!@a      | 4 5     | -   | 4 5
multiple hints per endpoint                     | zone-c |     | 3@abc 4@bc 5@bd 6@c    | 3 4 6   | -   | 3 4 6
a hint for another zone only                    | zone-b |     | 3@a                    | 3       | -   | 3
an unready endpoint without hints is no matter  | zone-a |     | 3@a 4@b 5!             | 3       | -   | 3
iTP Local, with empty endpoints                 |        | itp |                        | -       |     |
iTP Local, all endpoints are local              |        | itp | 0L 1L                  | -       | 0 1 | 0 1
Cluster traffic policy, endpoints not Ready     |        |     | 0! 1!                  |         | -   |
Cluster, all endpoints are terminating          |        |     | 0LT 1T                 | 0 1     | -   | 0 1
Cluster, one is ready, others terminate         |        |     | 0LT 1T 2               | 2       | -   | 2
iTP Cluster, eTP Local, some endpoints local    |        | etp | 0L 1                   | 0 1     | 0   | 0 1
iTP Local, eTP Local, all endpoints remote      |        | itp etp | 0 1                | 0 1     |     | 0 1
iTP Cluster, eTP Local, terminating endpoints   |        | etp | 0 1L! 2LT 3T           | 0       | 2   | 0 2
iTP Cluster, eTP Local, the local one is ready  |        | etp | 0L 2LT 3T              | 0       | 0   | 0
iTP Local internal-only, terminating locally    |        | itp | 0 1LT                  | -       | 1   | 1
`;

test.each(rows.trim().split('\n'))('%s', (row) => {
	const [, zone = '', policies = '', endpoints = '', cluster = '', local = '', all = ''] = row
		.split('|')
		.map((cell) => cell.trim());
	const labels: Readonly<Record<string, string>> = zone ? {'topology.kubernetes.io/zone': zone} : {};
	const vector = {
		id: row,
		given: {
			node: {name: 'node', labels},
			service: {
				internalTrafficPolicy: policies.includes('itp') ? 'Local' : 'Cluster',
				...(policies.includes('etp') ? {externalTrafficPolicy: 'Local', nodePort: 8080} : {}),
			},
			endpoints: endpoints.split(' ').filter(Boolean).map(endpointOf),
		},
		when: {query: 'categorizeEndpoints'},
		expect: {
			clusterEndpoints: addresses(cluster),
			localEndpoints: addresses(local),
			allReachableEndpoints: addresses(all) ?? [],
		},
	};
	expect(runTopologyCase(vector)).toMatchObject({pass: true});
});

function endpointOf(text: string) {
	const [, number = '', marks = '', zones] = /^(\d)([L!T]*)(?:@(\w+))?$/u.exec(text) ?? [];
	return {
		address: `10.1.2.${number}:80`,
		ready: !/[!T]/u.test(marks),
		serving: !marks.includes('!'),
		terminating: marks.includes('T'),
		isLocal: marks.includes('L'),
		hints: zones === undefined ? undefined : {forZones: zones.split('').map((letter) => `zone-${letter}`)},
	};
}

function addresses(cell: string): readonly string[] | null {
	return cell === '-'
		? null
		: cell
				.split(' ')
				.filter(Boolean)
				.map((number) => `10.1.2.${number}:80`);
}
