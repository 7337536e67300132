import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {readCommandLine} from '../../source/commands/flags/command-line.ts';
import {commandEntry, commandNames, commonFlags, isCommand} from '../../source/commands/command-table.ts';
import {dashed} from '../../source/commands/flags/flags.ts';
import {parseFlags} from '../../source/commands/flags/parse-flags.ts';
import {verifyFlags} from '../../source/commands/flags/verify-flags.ts';
import {scenarios} from '../../source/demo/scenarios.ts';
import {directoryOf} from '../helpers/files.ts';
import {refusal, run} from './run.ts';

const manifests = fileURLToPath(new URL('../fixtures/manifests', import.meta.url));

test('help says how to use it', async () => {
	const help = await run(['--help']);
	expect([help.code, help.stderr]).toEqual([0, '']);
	expect(help.stdout).toContain('  knet trace TARGET ');
	for (const args of [['help'], ['-h'], ['svc/web', '--help']]) {
		expect(await run(args)).toEqual(help);
	}
});

test.each(commandNames)('%s has a page of its own, with its flags and examples', async (command) => {
	const page = await run([
		command === 'help' ? 'help' : command,
		...(command === 'help' ? ['help'] : ['--help']),
	]);
	const {usage, summary, flags} = commandEntry(command);
	expect(page).toMatchObject({code: 0, stderr: ''});
	expect(page.stdout.split('\n')[0]).toBe(`knet ${usage}: ${summary}`);
	const listed = [...page.stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gmu)].map(([, flag = '']) => flag);
	expect(listed.toSorted()).toEqual([...flags, ...commonFlags].map(dashed).toSorted());
	expect(page.stdout).toMatch(/\nExamples\n {2}knet /u);
	expect(await run(['help', command])).toEqual(page);
});

test('help of the demo names its scenarios', async () => {
	const page = await run(['demo', '--help']);
	const [, listed = ''] = /\nScenarios: ([^.]*)\./u.exec(page.stdout) ?? [];
	expect(listed.split(/,\s+/u)).toEqual(scenarios.map(({name}) => name));
});

test('help says what changes can be supposed, and how to see a target from everywhere', async () => {
	const help = await run(['--help']);
	for (const flag of ['--over live', '--scale', '--drain', '--without', '--matrix']) {
		expect(help.stdout).toContain(` ${flag} `);
	}
});

test('examples of help give each command flags that it takes', () => {
	for (const name of commandNames) {
		for (const [line] of commandEntry(name).examples) {
			const {words, given} = readCommandLine(shellWords(line.split(' | ')[0] ?? ''));
			expect(isCommand(words[0])).toBe(true);
			verifyFlags(words[0] as typeof name, parseFlags({words, given}));
		}
	}
});

function shellWords(line: string): readonly string[] {
	return [...line.matchAll(/'([^']*)'|\S+/gu)].map(([word, quoted]) => quoted ?? word);
}

test('flags are read in every spelling of kubectl', () => {
	const spelled = ['-nshop', '-n=shop', '-n shop', '--namespace=shop', '--namespace shop', '-wnshop'];
	for (const text of spelled) {
		expect(parseFlags(readCommandLine(['trace', 'svc/web', ...text.split(' ')])).namespace).toBe('shop');
	}

	expect(parseFlags(readCommandLine(['-f', '-', '--watch=false', '--no-color', '-Aojson']))).toEqual({
		filename: ['-'],
		color: 'never',
		allNamespaces: true,
		output: 'json',
	});
	expect(readCommandLine(['trace', '--', '-w'])).toEqual({words: ['trace', '-w'], given: []});
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
	for (const shell of ['bash', 'zsh', 'fish', 'powershell', 'kubectl']) {
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
	[['svc', 'web', 'trace'], 'The command trace does not stand first.', 'Write knet trace svc web.'],
	[['web', 'svc'], 'knet takes one TARGET, not 2.', 'Did you mean knet svc/web?'],
	[['get', 'pods'], 'There is no command get.', 'knet --help lists the commands.'],
	[['describe', 'svc', 'web'], 'There is no command describe.', 'For one target: knet trace svc/web.'],
	[['get', 'svc/web'], 'There is no command get.', 'For one target: knet trace svc/web.'],
	[['trace', 'web', 'svc'], 'knet trace takes one TARGET, not 2.', 'Did you mean knet trace svc/web?'],
	[
		['trace', 'pod', 'web-a', '8080'],
		'knet trace takes one TARGET, not 3.',
		'Did you mean knet trace pod/web-a:8080?',
	],
	[
		['trace', 'svc/web', '--from', 'pod', 'web-a'],
		'--from pod is not a source.',
		'Give external, external:IP, pod/[NAMESPACE/]NAME, deploy/[NAMESPACE/]NAME or node/NAME.',
	],
	[['trace', 'svc/web', '--ns', 'x'], 'There is no flag --ns.', 'Did you mean --namespace?'],
	[['trace', 'svc/web', '--ctx=x'], 'There is no flag --ctx.', 'Did you mean --context?'],
	[['trace', 'svc/web', '--ip', 'x'], 'There is no flag --ip.', 'knet trace --help lists the flags.'],
	[['trace', 'http://a/', '-X', 'POST'], 'There is no flag -X.', 'Did you mean --method?'],
	[['trace', 'http://a/', '-H', 'Host: b'], 'There is no flag -H.', 'Did you mean --header?'],
	[
		['scan', '-k', 'overlays/prod'],
		'There is no flag -k.',
		'For a kustomization: kubectl kustomize DIRECTORY | knet scan -f -.',
	],
	[['scan', 'web.yaml'], 'knet scan takes no web.yaml.', 'For a file: knet scan -f web.yaml.'],
	[
		['scan', '-f', manifests, '-n', 'shop,prod'],
		'--namespace takes one namespace, not shop,prod.',
		'Give one of them, or --all-namespaces.',
	],
	[['trace', 'http://a/b c'], '"http://a/b c" has a blank.', 'Write %20 for a blank in a path.'],
	[
		['trace', 'http://10.96.0.300/'],
		'"http://10.96.0.300/" has no IP address: each number goes to 255, without zeros before it.',
		'Write an address such as 10.96.0.1, or a name.',
	],
	[['trace', 'svc/web', '--nmaespace', 'x'], 'There is no flag --nmaespace.', 'Did you mean --namespace?'],
	[['trace', 'svc/web', '-Z'], 'There is no flag -Z.', 'knet --help lists the flags.'],
	[
		['scan', '-o', 'jsn'],
		'--output jsn is not one of text, wide, json, yaml, markdown, name, junit, sarif, github, jsonpath.',
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
		'Give a number from 1 to 65535, or a port name.',
	],
	[
		['trace', 'svc/web:-1'],
		'"svc/web:-1" has port -1, which is no number and no name of a port.',
		'Give a number from 1 to 65535, or a port name.',
	],
	[
		['trace', 'svc/web', '--method', 'POST'],
		'--method is about a request to a URL, and svc/web is none.',
		'Give the URL, such as http://web.shop/, or leave it out.',
	],
	[
		['trace', 'http://nora:x@a/'],
		'"http://a/" has a user before the host, which no rule looks at.',
		'Leave the user and the password out.',
	],
	[['explain', ''], 'The CODE is empty.', 'knet explain, without a code, lists them all.'],
	[[''], 'The TARGET is empty.', 'knet --help lists the commands.'],
	[['compare', ''], 'knet compare needs a URL.', 'For example: knet compare https://app.example.com/api.'],
	[
		['scan', '-f', 'a.yaml,b.yaml'],
		'There is no file a.yaml,b.yaml.',
		'For several files, repeat the flag: -f a.yaml -f b.yaml.',
	],
	[
		['scan', '-f', 'https://a/b.yaml'],
		'There is no file https://a/b.yaml.',
		'knet loads nothing from a URL: pipe it in, as in curl -L URL | knet scan -f -.',
	],
	[
		['scan', '-f', manifests, '--ignore', 'KNET503,KNET504'],
		'--ignore takes one code; KNET503,KNET504 are 2.',
		'Repeat the flag: --ignore KNET503 --ignore KNET504.',
	],
	[
		['scan', '-f', manifests, '--ignore', 'KNET503:web'],
		'--ignore KNET503:web names no object behind the colon.',
		'Write Kind/namespace/name, such as KNET503:Service/shop/web.',
	],
	[
		['scan', '-f', manifests, '--ignore', 'KNET503:Servce/shop/web'],
		'--ignore KNET503:Servce/shop/web names no kind that knet reads.',
		'Did you mean Service?',
	],
	[
		['scan', '-f', manifests, '--ignore', 'no-ready-endpoints'],
		'--ignore no-ready-endpoints names no finding.',
		'Its code is KNET503: --ignore KNET503.',
	],
	[
		['scan', '-f', manifests, '-o', 'jsonpath=$.paths[*'],
		"--output jsonpath=$.paths[* cannot be read: $['paths'][* is no path: it ends too early.",
		'For example: -o jsonpath=\'{range .paths[*]}{.title} {.verdict}{"\\n"}{end}\'.',
	],
	[
		['trace', 'svc/web', '--from', 'nowhere'],
		'--from nowhere is not a source.',
		'Give external, external:IP, pod/[NAMESPACE/]NAME, deploy/[NAMESPACE/]NAME or node/NAME.',
	],
	[
		['dns', 'web.shop', '--from', 'nowhere'],
		'--from nowhere is not a source.',
		'Give external, external:IP, pod/[NAMESPACE/]NAME, deploy/[NAMESPACE/]NAME or node/NAME.',
	],
	[['scan', 'foo'], 'knet scan takes no foo.', 'For one target: knet trace foo.'],
	[['demo', 'not-redy'], 'The demo has no scenario not-redy.', 'Did you mean not-ready?'],
	[
		['completion', 'fsh'],
		'knet completes for bash, zsh, fish, powershell, kubectl, not for fsh.',
		'For example: source <(knet completion bash).',
	],
	[['record'], 'knet record needs one FILE.', 'For example: knet record incident.knetrec.'],
	[['replay', '/no/such'], 'There is no file /no/such.', 'Give the name of a file that can be read.'],
	[
		['replay', '/'],
		'/ is a directory, and one file is expected.',
		'Give the name of a file that can be read.',
	],
	[
		['trace', ''],
		'knet trace needs a TARGET.',
		'For example: knet trace https://app.example.com/api, or knet trace svc/web:80.',
	],
	[
		['trace', 'svc/web', '--method', 'G T'],
		'--method G T is no HTTP method.',
		'Give one word, such as GET or POST.',
	],
	[
		['trace', 'svc/web', '--header', 'a b: c'],
		'--header a b is no name of a header.',
		'Write NAME: VALUE; a name has letters, digits and -.',
	],
	[
		['trace', 'svc/web', '--from', 'external:300.1.1.1'],
		'--from external:300.1.1.1 has no IP address.',
		'Write external:198.51.100.7, or external alone.',
	],
	[
		['scan', '-f', manifests, '--ignore', 'KNET999'],
		'--ignore KNET999 names no finding.',
		'Give KNET503, or KNET503:Service/shop/web for one object.',
	],
	[['trace', 'svc/web', '--header', ': x'], '--header : x has no name.', 'Write NAME: VALUE.'],
	[
		['trace', 'http://a/', '--header', 'x-a: b\r\nx-c: d'],
		'--header x-a has a line break in its value.',
		'Give each header with a flag of its own.',
	],
	[
		['scan', '-f', manifests, '-o', 'jsonpath='],
		'--output jsonpath needs a template.',
		"For example: -o jsonpath='{.paths[*].verdict}'.",
	],
	[
		['trace', '10.0.0.999:80'],
		'"10.0.0.999:80" has no IP address.',
		'Write IP:PORT, such as 10.96.0.1:443 or [fd00::1]:443.',
	],
	[['scan', '--x'], 'There is no flag --x.', 'knet scan --help lists the flags.'],
	// --type is a flag of knet dns.
	[['rbac', '--nope'], 'There is no flag --nope.', 'knet rbac --help lists the flags.'],
	[['--tpye', 'A', 'dns', 'web.shop'], 'There is no flag --tpye.', 'Did you mean --type?'],
	[['-v'], 'There is no flag -v.', 'Did you mean --version?'],
	[
		['dns', 'web..shop'],
		'"web..shop" is not a DNS name or an address.',
		'Give a name such as web.shop.svc.cluster.local.',
	],
])('knet %j: %s', async (args, sentence, next) => {
	expect(await run(args)).toEqual(refusal(sentence, next));
});

test.each([
	[['dns', 'a.b', '-w'], 'knet dns does not take --watch.', 'It is a flag of knet trace, scan.'],
	[['trace', 'svc/web', '--type', 'A'], 'knet trace does not take --type.', 'It is a flag of knet dns.'],
	[
		['rbac', '-o', 'json'],
		'knet rbac does not take --output.',
		'It is a flag of knet trace, scan, dns, compare, explain, demo, replay, info, version.',
	],
	[
		['explain', '503', '-o', 'name'],
		'--output name is not one of text, json, yaml.',
		'Did you mean --output yaml?',
	],
	[['scan', '-n', 'a', '-n', 'b'], '--namespace is given twice: a and b.', 'Give it once.'],
	[['scan', '-A', '-A'], '--all-namespaces is given twice.', 'Give it once.'],
	[['scan', '--watch=maybe'], '--watch takes no value, and maybe was given.', 'Write --watch alone.'],
	[
		['scan', '-A', '-n', 'shop'],
		'--all-namespaces and --namespace shop ask for different things.',
		'Leave one of them out.',
	],
	[
		['explain', '503', '504'],
		'knet explain takes one word; 504 is one too many.',
		'Write knet explain [CODE].',
	],
	[['rbac', 'all'], 'knet rbac takes no words; all is one too many.', 'Write knet rbac.'],
	[['help', 'trcae'], 'There is no command trcae.', 'Did you mean knet help trace?'],
	[['--method', 'POST'], 'knet scan does not take --method.', 'It is a flag of knet trace, compare.'],
	[
		['trace', 'svc/web', '-w', '-f', 'dump.yaml'],
		'--watch follows a cluster, and a file does not change.',
		'Leave --watch out, or --filename.',
	],
	[['snapshot'], 'knet snapshot needs one FILE.', 'For example: knet snapshot cluster.json.'],
	[
		['trace', 'svc/web', '-f', 'dump.yaml', '--context', 'prod'],
		'--context is about a cluster, and --filename reads files.',
		'Leave one of them out.',
	],
	[
		['scan', '--over', 'dump.json', '-f', 'dump.yaml', '--request-timeout', '5s'],
		'--request-timeout is about a cluster, and --filename reads files.',
		'Leave one of them out.',
	],
	[['scan', '--no-color=yes'], '--no-color takes no value, and yes was given.', 'Write --no-color alone.'],
	[
		['mcp', '-f', '-'],
		'--filename - is standard input, where knet mcp hears its client.',
		'Give the name of a file.',
	],
	[
		['mcp', '-f', '/no/such'],
		'There is no file /no/such.',
		'Give a file, directory or archive with manifests, or - for standard input.',
	],
	[
		['explain', '--controllers', 'KNET503'],
		'--controllers tells of all controllers, and KNET503 of one finding.',
		'Leave one of them out.',
	],
])('a flag without effect is refused: knet %j', async (args, sentence, next) => {
	expect(await run(args)).toEqual(refusal(sentence, next));
});

test('a configuration and a kubeconfig that cannot be used are told with what to do', async () => {
	const directory = await directoryOf({'knet/config.yaml/a': '', kubeconfig: 'clusters: [\n'});
	const config = `${directory}/knet/config.yaml`;
	expect(await run(['scan'], {XDG_CONFIG_HOME: directory})).toEqual(
		refusal(
			`${config} is a directory, and one file is expected.`,
			'Make it a file that can be read, or remove it.',
		),
	);
	const {stderr} = await run(['scan', '--kubeconfig', `${directory}/kubeconfig`]);
	expect(stderr).toMatch(
		/^error: kubeconfig \S+: not valid YAML at line 2 \(.*\)\nMend it, or give another with --kubeconfig or KUBECONFIG\.\n$/u,
	);
});
