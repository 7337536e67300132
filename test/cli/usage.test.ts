import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {refusal, run} from './run.ts';

test('help says how to use it', async () => {
	const help = await run(['--help']);
	expect([help.code, help.stderr]).toEqual([0, '']);
	expect(help.stdout).toContain('  knet trace TARGET ');
	for (const args of [['help'], ['-h'], ['trace', '--help']]) {
		expect(await run(args)).toEqual(help);
	}
});

test('version, as kubectl prints it', async () => {
	const [plain, json, yaml] = await Promise.all([
		run(['--version']),
		run(['version', '-o', 'json']),
		run(['version', '-o', 'yaml']),
	]);
	expect(plain).toMatchObject({
		code: 0,
		stdout: expect.stringMatching(/^knet \d+\.\d+\.\d+ \(Node \S+\)\n$/u),
	});
	expect(JSON.parse(json.stdout)).toEqual({knet: expect.any(String), node: process.versions.node});
	expect(parse(yaml.stdout)).toEqual(JSON.parse(json.stdout));
});

test('explain takes a code in any spelling, and the slug', async () => {
	const plain = await run(['explain', 'KNET503']);
	expect(plain).toMatchObject({code: 0, stderr: ''});
	expect(plain.stdout).toMatch(/^KNET503 no-ready-endpoints \(error, at the endpoints hop\)\n/u);
	for (const word of ['503', 'knet503', 'no-ready-endpoints']) {
		expect(await run(['explain', word])).toEqual(plain);
	}

	const json = await run(['explain', '503', '-o', 'json']);
	expect(JSON.parse(json.stdout)).toMatchObject({code: 'KNET503', slug: 'no-ready-endpoints'});
	expect(parse((await run(['explain', '503', '-o', 'yaml'])).stdout)).toEqual(JSON.parse(json.stdout));
});

test('completion and rbac print what other programs read', async () => {
	for (const shell of ['bash', 'zsh', 'fish']) {
		expect(await run(['completion', shell])).toMatchObject({code: 0, stderr: ''});
	}

	expect((await run(['rbac'])).stdout).toContain('kind: ClusterRole');
});

test.each([
	[['explain', 'nonsense'], 'There is no finding nonsense.', 'knet explain, without a code, lists them all.'],
	[['explain', '599'], 'There is no finding 599.', 'knet explain, without a code, lists them all.'],
	[
		['explain', 'no-redy-endpoints'],
		'There is no finding no-redy-endpoints.',
		'Did you mean no-ready-endpoints? knet explain lists all codes.',
	],
	[['trcae', 'svc/web'], 'There is no command trcae.', 'Did you mean knet trace?'],
	[['scna'], 'There is no command scna.', 'Did you mean knet scan?'],
	[['svc/web', 'svc/api'], 'knet takes one TARGET, not 2.', 'knet --help lists the commands.'],
	[['trace', 'svc/web', '--nmaespace', 'x'], 'There is no flag --nmaespace.', 'Did you mean --namespace?'],
	[['trace', 'svc/web', '-Z'], 'There is no flag -Z.', 'knet --help lists the flags.'],
	[
		['scan', '-o', 'jsn'],
		'--output jsn is not one of text, wide, json, yaml, markdown, name.',
		'Did you mean --output json?',
	],
	[
		['scan', '--fail-on', 'warn'],
		'--fail-on warn is not one of error, warning, unknown, never.',
		'Did you mean --fail-on warning?',
	],
	[['scan', '--color', 'sometimes'], '--color sometimes is not one of auto, always, never.', ''],
	[['scan', '-n'], '--namespace needs a value.', 'Write --namespace NAMESPACE.'],
	[
		['trace'],
		'knet trace needs a TARGET.',
		'For example: knet trace https://app.example.com/api, or knet trace svc/web:80.',
	],
	[
		['trace', 'svc/web:99999'],
		'"svc/web:99999" has port 99999; ports go from 1 to 65535.',
		'Give a port number in that range, or a port name.',
	],
	[
		['trace', 'svc/web', '--from', 'nowhere'],
		'--from nowhere is not a source.',
		'Give external, external:IP, pod/NAME, pod/NAMESPACE/NAME, deploy/NAME or node/NAME.',
	],
	[
		['dns', 'web.shop', '--from', 'nowhere'],
		'--from nowhere is not a source.',
		'Give external, external:IP, pod/NAME, pod/NAMESPACE/NAME, deploy/NAME or node/NAME.',
	],
	[['scan', 'foo'], 'knet scan takes no foo.', 'For one target: knet trace foo.'],
	[['demo', 'not-redy'], 'The demo has no scenario not-redy.', 'Did you mean not-ready?'],
	[
		['completion', 'fsh'],
		'knet completes for bash, zsh, fish, not for fsh.',
		'For example: source <(knet completion bash).',
	],
	[['record'], 'knet record needs one FILE.', 'For example: knet record incident.knetrec.'],
	[['replay', '/no/such'], '/no/such cannot be read: ENOENT.', ''],
])('knet %j: %s', async (args, sentence, next) => {
	expect(await run(args)).toEqual(refusal(sentence, next));
});

test.each([
	[['scan', '-w'], 'knet scan does not take --watch.', 'It is a flag of knet trace.'],
	[['trace', 'svc/web', '--type', 'A'], 'knet trace does not take --type.', 'It is a flag of knet dns.'],
	[
		['rbac', '-o', 'json'],
		'knet rbac does not take --output.',
		'It is a flag of knet trace, scan, dns, explain, demo, replay, version.',
	],
	[
		['explain', '503', '-o', 'name'],
		'knet explain does not print --output name.',
		'It prints text, json, yaml.',
	],
	[
		['trace', 'svc/web', '-w', '-f', 'dump.yaml'],
		'--watch follows a cluster, and a file does not change.',
		'Leave --watch out, or --filename.',
	],
	[['snapshot'], 'knet snapshot needs one FILE.', 'For example: knet snapshot cluster.json.'],
])('a flag without effect is refused: knet %j', async (args, sentence, next) => {
	expect(await run(args)).toEqual(refusal(sentence, next));
});
