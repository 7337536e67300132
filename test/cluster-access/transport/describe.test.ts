import {describe, expect, it} from 'vitest';
import {describeFailure} from '../../../source/cluster/transport/describe.ts';
import {
	isClusterError,
	ApiError,
	AuthError,
	type Phase,
	TransportError,
} from '../../../source/cluster/transport/errors.ts';

const server = 'https://k:6443';

describe('describeFailure', () => {
	it.each<[string, Phase, string]>([
		[
			'ECONNREFUSED',
			'connect',
			'the API server at https://k:6443 refuses the connection: nothing listens there',
		],
		['ECONNREFUSED', 'proxy', 'the proxy at https://k:6443 refuses the connection: nothing listens there'],
		['ENOTFOUND', 'connect', 'the API server at https://k:6443 cannot be found: its name does not resolve'],
		['EAI_AGAIN', 'connect', 'the API server at https://k:6443 cannot be found: no DNS server answers'],
		[
			'EHOSTUNREACH',
			'connect',
			'the API server at https://k:6443 cannot be reached: there is no route to it',
		],
		['ENETUNREACH', 'connect', 'the API server at https://k:6443 cannot be reached: there is no route to it'],
		[
			'ETIMEDOUT',
			'connect',
			'the API server at https://k:6443 does not answer: a firewall or VPN may be in the way',
		],
		['EACCES', 'connect', 'the API server at https://k:6443 cannot be reached (words)'],
		['EPROXY', 'proxy', 'the proxy at https://k:6443 does not let through (words)'],
		[
			'CERT_HAS_EXPIRED',
			'tls',
			'the API server at https://k:6443 cannot be trusted: its certificate has expired, or this machine has the wrong time',
		],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'the API server at https://k:6443 does not speak TLS'],
		['ERR_SSL_SSLV3_ALERT', 'tls', 'no TLS connection to the API server at https://k:6443 (words)'],
		['ECONNRESET', 'request', 'the connection to the API server at https://k:6443 broke (words)'],
		['ECONNRESET', 'response', 'the connection to the API server at https://k:6443 broke (words)'],
		['ETIMEDOUT', 'idle', 'the API server at https://k:6443 fell silent (words)'],
		['ETIMEDOUT', 'timeout', 'the API server at https://k:6443 did not answer within the request timeout'],
		['ABORTED', 'aborted', 'words'],
	])('puts %s in phase %s into words', (code, phase, words) => {
		expect(describeFailure(new TransportError('words', {code, phase, server}))).toBe(words);
	});

	it.each([
		[
			401,
			'the API server does not accept the credential (401): it expired or belongs to another cluster; log in again',
		],
		[403, 'the API server forbids it (403): words'],
		[404, 'the API server answers 404: words'],
		[429, 'the API server has too many requests (429): words'],
		[503, 'the API server has trouble (503): words'],
	])('puts status %i into words', (status, words) => {
		expect(describeFailure(new ApiError({status, reason: '', message: 'words'}))).toBe(words);
	});

	it.each([
		[404, 'the API server answers 404, without a word why'],
		[500, 'the API server has trouble (500), without a word why'],
	])('says status %i once where the answer says nothing more', (status, words) => {
		expect(describeFailure(new ApiError({status, reason: '', message: `status ${status}`}))).toBe(words);
	});

	it('says what to do about a missing credential', () => {
		expect(describeFailure(new AuthError('no plugin', 'install it'))).toBe('no plugin\ninstall it');
		expect(describeFailure(new AuthError('no plugin'))).toBe('no plugin');
	});

	it('is for failures of the cluster alone', () => {
		expect(isClusterError(new AuthError('no plugin'))).toBe(true);
		expect(isClusterError(new Error('a fault'))).toBe(false);
		expect(isClusterError(undefined)).toBe(false);
	});
});
