import {expect, test} from 'vitest';
import {UserError} from '../../source/errors.ts';
import {applyObjects, missingInFile} from '../../source/feeds/file/apply-objects.ts';
import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
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
