/** KUBECONFIG is `list`, or all files in order; `args` are kubectl's, and ours by the same names. */
export type Case = {
	readonly title: string;
	readonly files: Readonly<Record<string, string>>;
	readonly list?: readonly string[];
	/** kubectl refuses it. */
	readonly refused?: true;
};

const one = (name: string, server: string): string =>
	`clusters: [{name: ${name}, cluster: {server: "${server}"}}]\n`;

/** Files that kubectl reads, and those that it refuses: knet must do the same with each. */
export const cases: readonly Case[] = [
	{title: 'an empty file', files: {a: ''}},
	{title: 'a blank file', files: {a: '\n\n'}},
	{title: 'a file of comments', files: {a: '# nothing\n'}},
	{title: 'a missing file', files: {}, list: ['missing']},
	{title: 'JSON', files: {a: '{"clusters":[{"name":"j","cluster":{"server":"https://j"}}]}'}},
	{
		title: 'lists that are null',
		files: {a: 'apiVersion: v1\nkind: Config\nclusters: null\nusers:\ncontexts: []\npreferences: {}\n'},
	},
	{
		title: 'unknown fields',
		files: {a: 'foo: bar\nclusters: [{name: a, cluster: {foo: 1, server: "https://a"}}]'},
	},
	{title: 'the first document of several', files: {a: `${one('a', 'https://a')}---\nclusters: 3\n`}},
	{
		title: 'merge keys',
		files: {a: 'x: &x {server: https://m}\nclusters:\n- name: m\n  cluster:\n    <<: *x\n'},
	},
	{
		title: 'a key twice',
		files: {a: 'clusters:\n- name: a\n  cluster: {server: "https://1"}\n  cluster: {server: "https://2"}\n'},
	},
	{title: 'an entry without a name', files: {a: 'contexts:\n- context: {cluster: z}\n'}},
	{
		title: 'text that looks like a time',
		files: {a: 'contexts:\n- {name: a, context: {namespace: 12:30:45}}\n'},
	},
	{
		title: 'text that looks like a date',
		files: {a: 'contexts:\n- {name: a, context: {namespace: 2024-01-02}}\n'},
	},
	{
		title: 'two files that share a cluster',
		files: {
			a: one('c', 'https://a:6443'),
			b: one('c', 'https://b:6443') + one('d', 'https://d').replace('clusters', 'x'),
		},
	},
	{
		title: 'two files that add to each other',
		files: {
			a: `${one('c', 'https://a')}current-context: ""\n`,
			b: `${one('d', 'https://d')}contexts: [{name: x, context: {cluster: d, user: u}}]\ncurrent-context: x\n`,
		},
	},
	{
		title: 'the current context of the first file that has one',
		files: {a: 'current-context: a\n', b: 'current-context: b\n'},
	},
	{
		title: 'entries that are never merged in part',
		files: {
			a: 'users: [{name: red, user: {token: t}}]\n',
			b: 'users: [{name: red, user: {username: jane, password: p}}, {name: blue, user: {token: b}}]\n',
		},
	},
	{title: 'a missing file before another', files: {a: one('a', 'https://a')}, list: ['missing', 'a']},
	{title: 'a missing file after another', files: {a: one('a', 'https://a')}, list: ['a', 'missing']},
	{title: 'an empty file before another', files: {a: one('a', 'https://a'), e: ''}, list: ['e', 'a']},
	{title: 'empty names in the list', files: {a: one('a', 'https://a')}, list: ['', 'a', '']},
	{title: 'a file named twice', files: {a: one('a', 'https://a')}, list: ['a', 'a']},
	{
		title: 'every field of a cluster',
		files: {
			a: `clusters:
- name: c
  cluster:
    server: https://c:6443/k8s
    tls-server-name: kubernetes
    certificate-authority: /ca.crt
    certificate-authority-data: Q0E=
    proxy-url: socks5://localhost:1080
    disable-compression: true
    extensions:
    - name: client.authentication.k8s.io/exec
      extension: {audience: a1}
- name: i
  cluster: {server: "https://i", insecure-skip-tls-verify: yes}
`,
		},
	},
	{
		title: 'every field of a user',
		files: {
			a: `users:
- name: all
  user:
    client-certificate: /c.crt
    client-certificate-data: Qw==
    client-key: /c.key
    client-key-data: |-
      S0VZ
      S0VZ
    token: t
    tokenFile: /t
    username: jane
    password: p
    as: jane
    as-uid: "7"
    as-groups: [devs, ops]
    as-user-extra: {scopes: [view]}
- name: plugin
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      command: login
      args: [get, token]
      env: [{name: A, value: b}]
      installHint: install it
      provideClusterInfo: true
- name: legacy
  user: {auth-provider: {name: gcp}}
`,
		},
	},
	{title: 'YAML that is cut', refused: true, files: {a: 'clusters: ['}},
	{title: 'a tab for indentation', refused: true, files: {a: 'clusters:\n- name: a\n\tcluster: {}\n'}},
	{title: 'a name that is a number', refused: true, files: {a: 'contexts: [{name: 1}]'}},
	{title: 'names that YAML 1.1 reads as true', refused: true, files: {a: 'contexts: [{name: on}]'}},
	{
		title: 'a name that YAML 1.1 reads as false',
		refused: true,
		files: {a: 'users: [{name: a, user: {username: n}}]'},
	},
	{
		title: 'a flag that is text',
		refused: true,
		files: {a: 'clusters: [{name: a, cluster: {insecure-skip-tls-verify: "true"}}]'},
	},
	{title: 'a list that is a mapping', refused: true, files: {a: 'clusters: {a: {server: x}}'}},
	{title: 'an entry that is text', refused: true, files: {a: 'clusters: [a]'}},
	{title: 'a file that is text', refused: true, files: {a: 'hello'}},
	{title: 'another version', refused: true, files: {a: 'apiVersion: v2\nkind: Config\n'}},
	{title: 'another kind', refused: true, files: {a: 'apiVersion: v1\nkind: Pod\n'}},
	{title: 'a name twice in one file', refused: true, files: {a: 'clusters: [{name: a}, {name: a}]'}},
	{
		title: 'certificate data that is not base64',
		refused: true,
		files: {a: 'clusters: [{name: a, cluster: {certificate-authority-data: "!!"}}]'},
	},
	{title: 'a broken file after a good one', refused: true, files: {a: one('a', 'https://a'), b: '{'}},
	{title: 'a directory', refused: true, files: {'d/a': ''}, list: ['d']},
	{title: 'a path below a file', refused: true, files: {a: ''}, list: ['a/b']},
];
