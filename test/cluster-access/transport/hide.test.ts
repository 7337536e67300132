import {describe, expect, it, test} from 'vitest';
import {
	withoutCredentials,
	withoutSecretParameters,
	withoutSecrets,
	withoutUser,
} from '../../../source/model/safe-text/hide.ts';
import {connectTo, words, get} from '../connection.ts';
import {serve} from '../server.ts';

const secret = 'p4ssw0rd';

test.each([
	['https://user:p4ssw0rd@host:6443/path', 'https://host:6443/path'],
	['ftp://user:p4ssw0rd@x', 'ftp://x'],
	['user:p4ssw0rd@host', 'host'],
	['//p4ssw0rd@host', '//host'],
	['https://a:p4ssw0rd@a b', 'https://a b'],
	['https://host/a@b?c@d', 'https://host/a@b?c@d'],
])('%s is shown without its user', (url, shown) => {
	expect(withoutUser(url)).toBe(shown);
});

test.each([
	'Authorization: Bearer p4ssw0rd',
	'{"headers": {"authorization": ["Bearer p4ssw0rd"]}}',
	'you sent bearer p4ssw0rd, which is refused',
	'Basic dXNlcjpwNHNzdzByZA== is not p4ssw0rd',
	'GET https://user:p4ssw0rd@inside/ failed',
	'authorization=p4ssw0rd',
])('the words %j are shown without the credential', (text) => {
	const shown = withoutCredentials(text, `Bearer ${secret}`);
	expect(shown).not.toContain(secret);
	expect(shown).not.toContain('dXNlcjpwNHNzdzByZA');
});

test('what is no credential stays', () => {
	const text = 'pods is forbidden: User "nora" cannot list resource "pods": basic authentication is off';
	expect(withoutCredentials(text, 'Bearer t0ken')).toBe(text);
});

describe('a connection', () => {
	it('never shows the user of its URL', async () => {
		const server = await serve({protocol: 'http', handler: (_request, reply) => reply.end()});
		const url = server.url.replace('http://', `http://user:${secret}@`);
		const connection = await connectTo({...server, url});
		expect(connection.server).toBe(server.url);
		await expect(connectTo({...server, url: `ftp://user:${secret}@x`})).rejects.toThrow(
			'the server "ftp://x" of the kubeconfig is not an http or https URL',
		);
	});

	it.each([
		['as text', (header: string) => `<html>no: ${header}</html>`],
		['alone', (header: string) => header.split(' ')[1]!],
		['in a Status', (header: string) => JSON.stringify({kind: 'Status', message: `refused: ${header}`})],
	])('masks the token that a server or proxy sends back %s', async (_, body) => {
		const server = await serve({
			protocol: 'h2',
			handler: (request, reply) => {
				reply.writeHead(502);
				reply.end(body(String(request.headers['authorization'])));
			},
		});
		const said = await words(get(await connectTo(server, {user: {token: secret}})));
		expect(said).toContain('the API server has trouble (502): ');
		expect(said).toContain('(hidden)');
		expect(said).not.toContain(secret);
	});
});

test.each([
	['question marks', '?'.repeat(1_000_000)],
	['beginnings of a parameter', '?a'.repeat(500_000)],
	['beginnings of a token', 'eyJ-'.repeat(250_000)],
	['beginnings of a token, and a dot', `${'eyJ-'.repeat(250_000)}.`],
	['dots', 'a.'.repeat(500_000)],
	['slashes', '/'.repeat(1_000_000)],
	['words of a header', 'authorization: '.repeat(60_000)],
])('a million characters of %s are read once', (_, hostile) => {
	expect(withoutCredentials(withoutSecretParameters(hostile)).length).toBeGreaterThan(0);
	expect(withoutSecrets(hostile).length).toBeGreaterThan(0);
});

test('a token is hidden to its end, wherever it begins', () => {
	expect(
		withoutCredentials('x-eyJhbGciOi.eyJzdWIi.c2ln and a.b.eyJhbGciOi.eyJzdWIi.c2ln, app.example.com'),
	).toBe('x-(hidden) and a.b.(hidden), app.example.com');
	expect(withoutCredentials('eyJhbGciOi alone, and eyJhbGciOi. at an end')).toBe(
		'eyJhbGciOi alone, and eyJhbGciOi. at an end',
	);
});
