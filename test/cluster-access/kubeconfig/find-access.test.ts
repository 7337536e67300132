import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {ConnectOptions} from '../../../source/cluster/connect-options.ts';
import type {ClusterAccess} from '../../../source/cluster/kubeconfig/access.ts';
import {findAccess} from '../../../source/cluster/kubeconfig/find-access.ts';
import {UserError} from '../../../source/errors.ts';
import {directoryOf} from '../../helpers/files.ts';
import {configView, kubectl} from './kubectl.ts';

const config = `
clusters:
- {name: east, cluster: {server: "https://east:6443", certificate-authority: /ca.crt, tls-server-name: kubernetes}}
- {name: west, cluster: {server: "https://west:6443"}}
- {name: empty, cluster: {}}
- {name: both, cluster: {server: "https://x", certificate-authority: /ca.crt, insecure-skip-tls-verify: true}}
users:
- {name: jane, user: {client-certificate-data: Q0VSVA==, client-key-data: S0VZ}}
- {name: ci, user: {token: t1}}
- {name: halves, user: {client-certificate-data: Q0VSVA==}}
- {name: two, user: {token: t, username: jane, password: p}}
- {name: cloud, user: {auth-provider: {name: gcp}}}
- {name: nobody, user: {as-groups: [g]}}
- {name: v0, user: {exec: {command: login, apiVersion: client.authentication.k8s.io/v1alpha1}}}
- {name: mode, user: {exec: {command: login, apiVersion: client.authentication.k8s.io/v1}}}
contexts:
- {name: production, context: {cluster: east, user: jane, namespace: shop}}
- {name: staging, context: {cluster: west, user: ci}}
- {name: anonymous, context: {cluster: west, user: ""}}
- {name: dangling, context: {cluster: gone, user: jane}}
- {name: stranger, context: {cluster: west, user: gone}}
current-context: production
`;

async function find(options: ConnectOptions, text = config): Promise<ClusterAccess> {
	const directory = await directoryOf({config: text});
	return findAccess({kubeconfig: join(directory, 'config'), ...options}, {});
}

async function refusal(options: ConnectOptions, text = config): Promise<UserError> {
	const error = await find(options, text).catch((caught: unknown) => caught);
	expect(error).toBeInstanceOf(UserError);
	return error as UserError;
}

describe('findAccess', () => {
	it('takes the current context', async () => {
		expect(await find({})).toMatchObject({
			context: 'production',
			clusterName: 'east',
			userName: 'jane',
			namespace: 'shop',
			cluster: {server: 'https://east:6443', certificateAuthority: '/ca.crt', tlsServerName: 'kubernetes'},
			user: {clientCertificateData: 'Q0VSVA==', clientKeyData: 'S0VZ'},
		});
	});

	it('takes the default namespace when the context has none', async () => {
		expect(await find({context: 'staging'})).toMatchObject({namespace: 'default', userName: 'ci'});
	});

	it('lets flags choose context, cluster, user and namespace', async () => {
		expect(await find({context: 'staging', cluster: 'east', user: 'jane', namespace: 'web'})).toMatchObject({
			context: 'staging',
			clusterName: 'east',
			userName: 'jane',
			namespace: 'web',
		});
	});

	it('lets --server take the place of the server and of the name its certificate was expected to have', async () => {
		const {cluster} = await find({server: 'https://127.0.0.1:1234'});
		expect(cluster).toMatchObject({server: 'https://127.0.0.1:1234', certificateAuthority: '/ca.crt'});
		expect(cluster.tlsServerName).toBeUndefined();
	});

	it('lets --insecure-skip-tls-verify take the place of the authority, and an authority of the file', async () => {
		const {cluster: insecure} = await find({insecureSkipTlsVerify: true});
		expect(insecure.insecureSkipTlsVerify).toBe(true);
		expect(insecure.certificateAuthority).toBeUndefined();
		const {cluster: verified} = await find({cluster: 'both', certificateAuthority: '/other.crt'});
		expect(verified.insecureSkipTlsVerify).toBeUndefined();
		expect(verified.certificateAuthority).toBe('/other.crt');
	});

	it('adds token, certificate and impersonation of the flags to the user', async () => {
		const {user} = await find({
			token: 't2',
			clientCertificate: '/c.crt',
			clientKey: '/c.key',
			as: 'system:serviceaccount:shop:web',
			asGroups: ['a', 'b'],
			asUid: '7',
		});
		expect(user).toEqual({
			token: 't2',
			clientCertificate: '/c.crt',
			clientKey: '/c.key',
			impersonate: 'system:serviceaccount:shop:web',
			impersonateGroups: ['a', 'b'],
			impersonateUid: '7',
		});
	});

	it('reaches a server that no file describes', async () => {
		expect(await find({server: 'http://127.0.0.1:8001'}, '')).toMatchObject({
			context: '',
			cluster: {server: 'http://127.0.0.1:8001'},
			user: {},
			namespace: 'default',
		});
	});

	it('takes a context without a user for the anonymous one', async () => {
		expect(await find({context: 'anonymous'})).toMatchObject({userName: '', user: {}});
	});

	it.each<[ConnectOptions, string]>([
		[{context: 'prodction'}, 'no context "prodction" in the kubeconfig; did you mean "production"?'],
		[{context: 'prod'}, 'no context "prod" in the kubeconfig; did you mean "production"?'],
		[
			{context: 'xyzzy'},
			'no context "xyzzy" in the kubeconfig; it has: production, staging, anonymous, dangling, stranger',
		],
		[{cluster: 'eats'}, 'no cluster "eats" in the kubeconfig; did you mean "east"?'],
		[{user: 'jan'}, 'no user "jan" in the kubeconfig; did you mean "jane"?'],
		[{context: 'dangling'}, 'no cluster "gone" in the kubeconfig; it has: east, west, empty, both'],
		[
			{context: 'stranger', user: 'yy'},
			'no user "yy" in the kubeconfig; it has: jane, ci, halves, two, cloud, nobody, v0, mode',
		],
		[{cluster: 'empty'}, 'cluster "empty" has no server in the kubeconfig'],
		[
			{cluster: 'both'},
			'cluster "both" names a certificate authority and insecure-skip-tls-verify: only one can hold',
		],
		[{user: 'halves'}, 'user "halves" has a client certificate without its key'],
		[{user: 'ci', clientKey: '/key'}, 'user "ci" has no client certificate for the key of --client-key'],
		[{user: 'two'}, 'user "two" has a token and a password: only one can be used'],
		[{user: 'cloud'}, 'user "cloud" uses the auth-provider "gcp", which Kubernetes removed in 1.26'],
		[{user: 'nobody'}, 'user "nobody" is to act as a group or uid, but as no user: add --as'],
		[
			{user: 'v0'},
			'user "v0" has an exec plugin of apiVersion "client.authentication.k8s.io/v1alpha1"; known: client.authentication.k8s.io/v1, client.authentication.k8s.io/v1beta1',
		],
		[
			{user: 'mode'},
			'user "mode" has an exec plugin without a valid interactiveMode: Never, IfAvailable or Always',
		],
	])('refuses %j in one sentence', async (options, message) => {
		expect((await refusal(options)).message).toBe(message);
	});

	it('names the contexts when none is current', async () => {
		const error = await refusal({}, config.replace('current-context: production', ''));
		expect(error.message).toBe(
			'the kubeconfig has no current context; it has: production, staging, anonymous, dangling, stranger',
		);
		expect(error.next).toBe('choose one with --context NAME');
	});

	it('says which kubeconfig is there and has no context', async () => {
		const directory = await directoryOf({config: 'kind: Config\ncontexts: []\n'});
		const [there, missing] = [join(directory, 'config'), join(directory, 'missing')];
		await expect(findAccess({}, {KUBECONFIG: `${there}:${missing}`})).rejects.toMatchObject({
			message: `no cluster: ${there} has no context; looked for ${missing} and for a service account of a pod`,
		});
	});

	it('never guesses localhost: says what it looked for, and names the demo', async () => {
		const home = await directoryOf({});
		const error = await findAccess({}, {HOME: home}).catch((caught: unknown) => caught);
		expect(error).toMatchObject({
			message: `no cluster: looked for ${join(home, '.kube/config')} and for a service account of a pod`,
			next: 'try knet without a cluster: knet demo',
		});
	});

	it.skipIf(kubectl === undefined).each(['production', 'staging', 'anonymous'])(
		'chooses for context %s what kubectl chooses',
		async (context) => {
			const directory = await directoryOf({config});
			const file = join(directory, 'config');
			const expected = configView(['--minify', '--context', context], {
				env: {KUBECONFIG: file, HOME: directory},
				cwd: directory,
			}) as {readonly clusters: [{readonly name: string; readonly cluster: object}]};
			const access = await findAccess({context}, {KUBECONFIG: file});
			expect(expected).toMatchObject({
				clusters: [{name: access.clusterName, cluster: {server: access.cluster.server}}],
				'current-context': access.context,
			});
		},
	);
});
