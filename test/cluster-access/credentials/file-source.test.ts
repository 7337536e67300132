import {rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {systemClock} from '../../../source/clock.ts';
import {fileSource} from '../../../source/cluster/credentials/file-source.ts';
import {directoryOf} from '../../helpers/files.ts';

const stopped = {...systemClock, elapsed: () => 0};

describe('a credential of the kubeconfig', () => {
	it('is a token, a user name with a password, a certificate, or none', async () => {
		const current = async (user: object): Promise<unknown> => fileSource(user, stopped).current();
		expect(await current({token: 't'})).toEqual({authorization: 'Bearer t'});
		expect(await current({username: 'jane', password: 'p'})).toEqual({authorization: 'Basic amFuZTpw'});
		expect(await current({clientCertificateData: 'Q0VSVA==', clientKeyData: 'S0VZ'})).toEqual({
			certificate: {cert: 'CERT', key: 'KEY'},
		});
		expect(await current({})).toEqual({});
	});

	it('is read from its file again after a minute, as kubelets rotate it', async () => {
		const directory = await directoryOf({token: 'one\n'});
		let now = 0;
		const source = fileSource({tokenFile: join(directory, 'token')}, {...systemClock, elapsed: () => now});
		const first = await source.current();
		expect(first).toEqual({authorization: 'Bearer one'});
		await writeFile(join(directory, 'token'), 'two\n');
		now = 59_999;
		expect(await source.current()).toBe(first);
		now = 60_000;
		expect(await source.current()).toEqual({authorization: 'Bearer two'});
	});

	it('is read again after a 401, and the same content is no other credential', async () => {
		const directory = await directoryOf({token: 'one'});
		const source = fileSource({tokenFile: join(directory, 'token')}, stopped);
		const refused = await source.current();
		expect(await source.renew(refused)).toBeUndefined();
		await writeFile(join(directory, 'token'), 'two');
		expect(await source.renew(refused)).toEqual({authorization: 'Bearer two'});
	});

	it('comes from the file before the token, which stands in while the file cannot be read', async () => {
		const directory = await directoryOf({token: 'file'});
		const user = {token: 'static', tokenFile: join(directory, 'token')};
		expect(await fileSource(user, stopped).current()).toEqual({authorization: 'Bearer file'});
		await rm(join(directory, 'token'));
		expect(await fileSource(user, stopped).current()).toEqual({authorization: 'Bearer static'});
	});

	it('that is missing or empty is said', async () => {
		const directory = await directoryOf({token: '\n'});
		const current = async (tokenFile: string): Promise<unknown> => fileSource({tokenFile}, stopped).current();
		await expect(current(join(directory, 'token'))).rejects.toThrow(
			`the token file ${join(directory, 'token')} is empty`,
		);
		await expect(current('/nowhere/token')).rejects.toThrow(
			'the token file /nowhere/token cannot be read (ENOENT)',
		);
	});
});
