import {expect, test} from 'vitest';
import {UserError} from '../../source/errors.ts';
import {applyObjects, createFilling, missingInFile} from '../../source/feeds/file/apply-objects.ts';
import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
import {Malformed} from '../../source/feeds/file/malformed.ts';
import {readDocuments} from '../../source/feeds/file/read-documents.ts';
import {createStore} from '../../source/store/store.ts';

function names(content: string): readonly string[] {
	return parseObjects(content, 'test.yaml').map(
		(wire) => `${String(wire['kind'])}/${(wire['metadata'] as {name: string}).name}`,
	);
}

test('reads several YAML documents and skips empty ones', () => {
	expect(
		names('---\nkind: A\nmetadata: {name: x}\n---\n---\n# nothing\n---\nkind: B\nmetadata: {name: y}\n'),
	).toEqual(['A/x', 'B/y']);
});

test('opens a List, also one inside another', () => {
	expect(
		names(
			'kind: List\nitems: [{kind: A, metadata: {name: x}}, {kind: List, items: [{kind: B, metadata: {name: y}}]}]',
		),
	).toEqual(['A/x', 'B/y']);
});

test('gives the items of a typed list their kind', () => {
	expect(names('{"kind": "PodList", "apiVersion": "v1", "items": [{"metadata": {"name": "x"}}]}')).toEqual([
		'Pod/x',
	]);
});

test('reads JSON documents one after the other', () => {
	expect(names('{"kind": "A", "metadata": {"name": "x"}}')).toEqual(['A/x']);
});

test('names the line of what is no YAML, and quotes nothing of it', () => {
	const content = 'kind: Secret\nmetadata: {name: x}\ndata:\n  password: "canary\n';
	expect(() => parseObjects(content, 'secret.yaml')).toThrow(UserError);
	try {
		parseObjects(content, 'secret.yaml');
	} catch (error) {
		expect((error as UserError).message).toMatch(/^secret\.yaml is not valid YAML at line \d+: /u);
		expect((error as UserError).message).not.toContain('canary');
	}
});

test('a kind that is not in the input is absent, one that is there is known', () => {
	const {writer, reader} = createStore({unlisted: missingInFile});
	const contents = applyObjects(
		writer,
		parseObjects(
			'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n---\napiVersion: x/v1\nkind: Widget\nmetadata: {name: w}',
			'a',
		),
	);
	const snapshot = reader.snapshot(0);
	expect(snapshot.state('Service')).toEqual({state: 'synced'});
	expect(snapshot.state('Pod')).toEqual({state: 'absent', why: 'not-in-input'});
	expect(snapshot.get('Service', 'default', 'web')?.name).toBe('web');
	expect([...contents.ignored]).toEqual([['Widget', 1]]);
});

function read(content: string): {readonly names: readonly string[]; readonly faults: readonly string[]} {
	const found: string[] = [];
	const faults = readDocuments(content, 'dump', ({kind, metadata}) => {
		found.push(`${String(kind)}/${(metadata as {name: string} | undefined)?.name}`);
	});
	return {names: found, faults: faults.map(({text}) => text)};
}

test.each([
	[
		'JSON documents one after the other',
		'{"kind": "A", "metadata": {"name": "x"}}{"kind": "B",\n"metadata": {"name": "}"}}',
	],
	['JSON lines', '{"kind":"A","metadata":{"name":"x"}}\n{"kind":"B","metadata":{"name":"}"}}\n'],
	[
		'what kubectl cluster-info dump prints, with logs between',
		'{"kind":"AList","items":[{"metadata":{"name":"x"}}]}\n==== START logs for container c of pod a/b ====\n{"kind":"C"}\n{ not json\n==== END logs for container c of pod a/b ====\n{"kind":"B","metadata":{"name":"}"}}\n',
	],
])('reads %s', (_, content) => {
	expect(read(content)).toEqual({names: ['A/x', 'B/}'], faults: []});
});

test.each([
	['networking.gke.io/v1', 'HealthCheckPolicyList', 0],
	['gateway.envoyproxy.io/v1alpha1', 'SecurityPolicyList', 0],
	['gateway.networking.k8s.io/v1', 'HTTPRouteList', undefined],
	['example.com/v1', 'HealthCheckPolicyList', undefined],
])('an empty list of %s %s says of attached policies: %s', (apiVersion, kind, known) => {
	const contents = applyObjects({apply: () => undefined, observe: () => undefined}, [
		{apiVersion, kind, items: []},
	]);
	expect(contents.known.get('AttachedPolicy')).toBe(known);
});

test('a broken document is named by number and line, and the rest is read', () => {
	const yaml = 'kind: A\nmetadata: {name: x}\n---\nkind: B\n bad: [\n---\nkind: C\nmetadata: {name: z}\n';
	const inYaml = read(yaml);
	expect(inYaml.names).toEqual(['A/x', 'C/z']);
	expect(inYaml.faults).toEqual([
		expect.stringMatching(/^dump is not valid YAML at line 5, in document 2: /u),
	]);
	const inJson = read(
		'{"kind":"A","metadata":{"name":"x"}}\n{"kind":"B",,}\n{"kind":"C","metadata":{"name":"z"}}\n',
	);
	expect(inJson.names).toEqual(['A/x', 'C/z']);
	expect(inJson.faults).toEqual(['dump is not valid JSON at line 2, in document 2.']);
});

test.each([
	[
		'a condition in its first line',
		'{{- if .Values.on }}\nkind: A\n{{- end }}\n',
		'template',
		'a template, not YAML: it has {{ at line 1.',
	],
	[
		'a value of braces',
		'kind: A\nmetadata:\n  name: {{ .Release.Name }}\n',
		'template',
		'a template, not YAML: it has {{ at line 3.',
	],
	[
		'a fault elsewhere than the braces of its text',
		'kind: A\nspec:\n  a: "Pod {{ $labels.pod }}"\n  b: c: d\n',
		'malformed',
		'not valid YAML at line 4: bad indentation of a mapping entry.',
	],
	[
		'a fault behind the braces of a text',
		'kind: A\nspec:\n  a: Pod {{ $labels.pod }}: down\n',
		'malformed',
		'not valid YAML at line 3: bad indentation of a mapping entry.',
	],
] as const)('tells a template from bad YAML by where the parser stops: %s', (_, content, is, fault) => {
	expect(readDocuments(content, 'dump', () => {})).toEqual([{is, text: `dump is ${fault}`}]);
});

test.each([
	['JSON', '{"kind": "List", "items": [{"kind": "A"}, {"kind": "B"}, {"kind": "C"}]}'],
	['YAML', 'kind: List\nitems: [{kind: A}, {kind: B}, {kind: C}]\n'],
])(
	'an object of another form than the API gives it hides none that follow in its list of %s',
	(_, content) => {
		const taken: unknown[] = [];
		const faults = readDocuments(content, 'dump', ({kind}) => {
			if (kind === 'B') {
				throw new Malformed('spec of a B is no map');
			}

			taken.push(kind);
		});
		expect(taken).toEqual(['A', 'C']);
		expect(faults).toEqual([{is: 'malformed', text: 'dump is not read at line 1: spec of a B is no map.'}]);
	},
);

test('a document that is no object is told as one of no kind', () => {
	const taken: unknown[] = [];
	const faults = readDocuments('- a\n- b\n---\nkind: A\n---\nhello\n---\n', 'dump', (wire) =>
		taken.push(wire['kind']),
	);
	expect(faults).toEqual([]);
	expect(taken).toEqual([undefined, 'A', undefined]);
});

test('a JSON document without an end hides none of those on the lines after it', () => {
	const cut = read(
		'{"kind":"A","metadata":{"name":"x"}}\n{"kind":"B","metadata":{\n{"kind":"C","metadata":{"name":"z"}}\n',
	);
	expect(cut.names).toEqual(['A/x', 'C/z']);
	expect(cut.faults).toEqual([
		'dump ends too early at line 2, in document 2: what begins at line 2 is cut off.',
	]);
});

test.each([
	['JSON', '{"kind": "List", "items": [\n  {"kind": "A",\n "metadata": {"na', 3],
	['a list of kubectl in YAML', 'apiVersion: v1\nitems:\n- kind: A\n  metadata: {name: x}\n', 4],
])('%s that ends too early is told to be cut off', (_, text, line) => {
	expect(read(text)).toEqual({
		names: [],
		faults: [`dump ends too early at line ${line}: what begins at line 1 is cut off.`],
	});
});

const kubectlList = `apiVersion: v1
items:
- apiVersion: v1
  kind: A
  metadata:
    name: x
- apiVersion: v1
  kind: B
  metadata:
    name: y
  host: *.example.com
- apiVersion: v1
  kind: C
  metadata:
    name: z
  text: |
    - not an item

    kind: none
kind: List
metadata:
  resourceVersion: ""
`;

test('items that are indented are read one by one as well', () => {
	const indented = kubectlList.replaceAll(/^(?:- | {2})(?=.)/gmu, (start) => `  ${start}`);
	const {names: found, faults} = read(`${indented}other: true\n`);
	expect(found).toEqual(['A/x', 'C/z']);
	expect(faults).toHaveLength(1);
});

test('of a list of kubectl only the item that is broken is left out', () => {
	const {names: found, faults} = read(kubectlList);
	expect(found).toEqual(['A/x', 'C/z']);
	expect(faults).toEqual([
		"dump is not valid YAML at line 11: a value that begins with * is an alias; write it in quotes, such as '*.example.com'.",
	]);
});

test('a typed list without items says that there are none', () => {
	const {writer, reader} = createStore({unlisted: missingInFile});
	applyObjects(
		writer,
		parseObjects(
			'{apiVersion: networking.k8s.io/v1, kind: IngressList, items: []}\n---\n{apiVersion: v1, kind: List, items: []}',
			'a',
		),
	);
	const snapshot = reader.snapshot(0);
	expect(snapshot.state('Ingress')).toEqual({state: 'synced'});
	expect(snapshot.state('Pod')).toEqual({state: 'absent', why: 'not-in-input'});
});

test('a file that is no text is told in one sentence', () => {
	expect(read('PK\u0003\u0004\0\0')).toEqual({
		names: [],
		faults: ['dump is neither text nor an archive that knet reads (tar, gzip).'],
	});
});

function stored(content: string) {
	const {writer, reader} = createStore({unlisted: missingInFile});
	const filling = createFilling();
	parseObjects(content, 'dump').forEach((wire) => filling.add(wire));
	filling.finish(writer, 'file');
	return reader.snapshot(0);
}

const service = (namespace: string, name: string): string =>
	`apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${namespace}, uid: u-${name}}\n`;

test('a file of one namespace says nothing of the others', () => {
	const snapshot = stored(`${service('shop', 'web')}---\n{apiVersion: v1, kind: Node, metadata: {name: a}}`);
	const elsewhere = {state: 'absent', why: 'not-in-input', only: ['shop']};
	expect(snapshot.state('Service', 'shop')).toEqual({state: 'synced'});
	expect(snapshot.state('Service', 'prod')).toEqual(elsewhere);
	expect(snapshot.state('Service')).toEqual(elsewhere);
	expect(snapshot.state('Node')).toEqual({state: 'synced'});
	expect(snapshot.state('Pod', 'shop')).toEqual({state: 'absent', why: 'not-in-input'});
	expect(snapshot.get('Service', 'shop', 'web')?.name).toBe('web');
	expect(snapshot.list('Service').map(({name}) => name)).toEqual(['web']);
});

test.each([
	['the Service of the API server', service('default', 'kubernetes')],
	[
		'pods of kube-system beside those of another namespace',
		'apiVersion: v1\nkind: Pod\nmetadata: {name: dns, namespace: kube-system}\n',
	],
])('a file with %s tells of the whole cluster', (_, more) => {
	const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n';
	expect(stored(`${pod}---\n${more}`).state('Pod')).toEqual({state: 'synced'});
});

test("a server's Services without the one of the API server are those of some namespaces", () => {
	const snapshot = stored(`${service('shop', 'web')}---\n${service('kube-system', 'kube-dns')}`);
	expect(snapshot.state('Service', 'kube-system')).toEqual({state: 'synced'});
	expect(snapshot.state('Service', 'prod')).toMatchObject({only: ['kube-system', 'shop']});
});

/** The lists of a namespace, as `kubectl cluster-info dump` writes them. */
function dumpOf(namespace: string, service: string): string {
	const metadata = {name: service, namespace, uid: service};
	return [
		{kind: 'ServiceList', apiVersion: 'v1', items: service === '' ? [] : [{metadata, spec: {}}]},
		{kind: 'ReplicationControllerList', apiVersion: 'v1', items: []},
	]
		.map((list) => JSON.stringify(list))
		.join('\n');
}

test.each([
	['a cluster-info dump of two namespaces tells nothing of the others', [], 'absent'],
	[
		'one of all namespaces tells of the whole cluster',
		[dumpOf('kube-public', ''), dumpOf('kube-node-lease', '')],
		'synced',
	],
])('%s', (_, others, state) => {
	const {writer, reader} = createStore({unlisted: missingInFile});
	const filling = createFilling();
	const dump = [dumpOf('kube-system', 'kube-dns'), dumpOf('default', 'kubernetes'), ...others].join('\n');
	parseObjects(dump, 'dump').forEach((wire) => filling.add(wire));
	filling.finish(writer, 'file');
	expect(reader.snapshot(0).state('Service', 'shop').state).toBe(state);
	expect(reader.snapshot(0).state('Service', 'default').state).toBe('synced');
});

test('a large text without the word kind is not read as YAML: it is a log', () => {
	const cut = 'a: [\n';
	expect(readDocuments(cut, 'small', () => {})).toHaveLength(1);
	expect(readDocuments(cut + 'request served\n'.repeat(100_000), 'large', () => {})).toEqual([]);
});
