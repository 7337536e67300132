import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {EndpointsDetails} from '../../source/path/details.ts';
import type {Path, Trace} from '../../source/path/report.ts';
import {parseTarget} from '../../source/path/target-text.ts';
import {walk} from '../../source/path/walk/walk.ts';
import {certificate} from './helpers/backends.ts';
import {canAskFromOutside} from './helpers/environment.ts';
import {eventually} from './helpers/eventually.ts';
import {askVirtualServices, generateVirtualServices} from './helpers/generate-virtual-services.ts';
import {istioBackends, makeGateway, someProxy} from './helpers/istio.ts';
import {openKnet, type Knet} from './helpers/knet.ts';
import {apply, createNamespace, list, podsReady, removeNamespace} from './helpers/objects.ts';
import {askFromOutside, type Answered, type Requested} from './helpers/outside.ts';
import {createRandom, seed} from './helpers/random.ts';

const file = fileURLToPath(new URL('fixtures/istio.yaml', import.meta.url));

/** `in` stands for hosts that a server of the Gateway has as a wildcard, `out` for others. */
const requests = `
m.in/exact | m.in/exact/ | m.in/exact?x=1 | m.in/prefix | m.in/re12 | m.in/re12x | m.in/casing | m.in/CASING | m.in/nothing | m.in/wild
m.in/hdr | m.in/hdr x-user: jason | m.in/hdr x-user: other | m.in/hdr x-any: 1 | m.in/hdr x-no: bad | m.in/hdr x-no: good
m.in/q?a=one | m.in/q?a=two | m.in/q?b= | m.in/q?c=1 | POST m.in/meth | PUT m.in/meth | m.in/meth
m.in/port | m.in:8081/port | m.in/scheme | https://m.in/scheme | m.in/auth | m.in:8081/auth | m.in/lab | m.in/gws
a.in/redir/x | a.in/r302/x | a.in/rport | a.in:8081/rderive | a.in/v1 | a.in/v2 | a.in/v3 | a.in/v9
a.in/one | a.in/two | a.in/odd | a.in:8081/odd | a.in/badport | a.in/missing | a.in/dotted | a.in/foreign
a.in/headless | a.in/none | a.in/alias | a.in/away | a.in/half | a.in/zero | a.in/lone
a.in/abort | a.in/aborp | a.in/delay | a.in/delap | a.in/timeout | https://a.in/v1 | https://a.in/missing | https://a.in/none
d.in/leaf/a | d.in/leaf/b | d.in/gone | d.in/narrow/x | d.in/late | other.in/wild | other.in/ | x.y.in/wild | in/wild
merge.in/x/y | merge.in/z | merge.in/w | p.in/ | ns.in/wild | og.out/ | og.out:8081/ | lost.out:8081/
red.out/a | https://red.out/a | https://other.in/wild | https://nope.example.org/ | https://lost.out/
https://only.out:9443/ | https://other.in:9443/ | only.out:9443/ | https://m.in:8081/exact | m.in:443/exact | m.in:15999/exact
https://n.pass/ | https://z.pass/
`
	.split(/[|\n]/u)
	.map((text) => text.trim())
	.filter(Boolean);

let knet: Knet;
let namespace: string;
let isHere = false;

beforeAll(async () => {
	const like = canAskFromOutside ? await someProxy() : undefined;
	isHere = like !== undefined;
	if (like) {
		knet = await openKnet();
		namespace = await createNamespace('istio');
		await apply(istioBackends(namespace), namespace);
		await makeGateway(like, namespace);
		await apply(certificate('cert', `*.in.${namespace}.example.com`), namespace);
		await apply(readFileSync(file, 'utf8').replaceAll('NAMESPACE', namespace), namespace);
		await podsReady(namespace, 4);
	}
});

afterAll(async () => {
	if (isHere) {
		await removeNamespace(namespace);
		await knet.close();
	}
});

/** `POST https://m.in/path header: value` with the hosts of this run. */
function requested(text: string): Requested {
	const parts =
		/^(?:(?<method>[A-Z]+) )?(?:(?<scheme>https?):\/\/)?(?<host>[^/:]+)(?<rest>\S*)(?: (?<header>\S+): (?<value>.*))?$/u.exec(
			text,
		);
	const {method, scheme = 'http', host = '', rest = '/', header, value = ''} = parts?.groups ?? {};
	const full = host.endsWith('.org') ? host : `${host}.${namespace}.example.com`;
	const headers = header === undefined ? [] : [{name: header, value}];
	return {url: `${scheme}://${full}${rest}`, method, headers};
}

/** No rule for the gateway is meant: which controller the client reaches is not known. */
function isOpen({paths}: Trace): boolean {
	return paths.every(({hops}) =>
		hops.some(({kind, subject}) => kind === 'controller' && subject?.namespace !== namespace),
	);
}

function outcomesOf({paths}: Trace): readonly string[] {
	return paths.flatMap(outcomesOfPath);
}

/** None: what the client sees is not told. */
function outcomesOfPath({hops, verdict, symptom}: Path): readonly string[] {
	const route = hops.find(({kind}) => kind === 'route');
	const answer = /→ (?<status>\d{3})(?: (?<location>\S+))?$/u.exec(route?.summary ?? '')?.groups;
	if (symptom ?? (verdict === 'unknown' || !answer)) {
		return verdict === 'ok' || verdict === 'degraded'
			? servedBy(hops)
			: symptom
				? [symptom.replace('http-', '')]
				: [];
	}

	return [[answer?.['status'], answer?.['location']].filter(Boolean).join(' ')];
}

/** The pods behind the endpoints; 503 for the share of a destination that is missing. */
function servedBy(hops: Path['hops']): readonly string[] {
	const route = hops.find(({kind}) => kind === 'route');
	const details = hops.find(({kind}) => kind === 'endpoints')?.details as EndpointsDetails | undefined;
	const names = details?.endpoints.map(({pod = ''}) => `200 ${podName(pod)}`) ?? [];
	return route?.findings.some(({severity}) => severity === 'warning') ? [...names, '503'] : names;
}

function podName(name: string): string {
	return name.replace(/-[^-]+-[^-]+$/u, '');
}

const ofCurl: Readonly<Record<number, string>> = {
	7: 'connection-refused',
	28: 'timeout',
	35: 'tls-error',
	56: 'cut',
};

function seenIn({exit, status, body, location}: Answered): string {
	return exit !== 0
		? (ofCurl[exit] ?? `curl ${exit}`)
		: status === 200
			? `200 ${podName(body)}`
			: [String(status), location].filter(Boolean).join(' ');
}

type Compared = {readonly question: Requested; readonly predicted: readonly string[]; readonly seen: string};

async function compare(questions: readonly Requested[], address: string): Promise<readonly Compared[]> {
	const traces = await knet.evaluate((snapshot) =>
		questions.map(({url, method, headers}) => {
			const parsed = parseTarget(url, {method, headers});
			if ('problem' in parsed) {
				throw new Error(parsed.problem);
			}

			return walk(snapshot, {target: parsed.value});
		}),
	);
	const answers = await askFromOutside(questions, address);
	return questions.map((question, index) => ({
		question,
		predicted: isOpen(traces[index]!) ? [] : outcomesOf(traces[index]!),
		seen: seenIn(answers[index]!),
	}));
}

/** How many questions are answered as named. */
async function agree(questions: readonly Requested[]): Promise<number> {
	const differs = ({predicted, seen}: Compared) => predicted.length > 0 && !predicted.includes(seen);
	const all = await eventually(
		async () => compare(questions, await address()),
		(compared) => !compared.some(differs),
		{
			within: 40_000,
			describe: (last) =>
				[
					`KNET_TEST_SEED=${seed}`,
					...(last as readonly Compared[]).filter(differs).map((each) => JSON.stringify(each)),
				].join('\n'),
		},
	);
	return all.filter(({predicted}) => predicted.length > 0).length;
}

async function address(): Promise<string> {
	return eventually(
		async () => {
			const services = (await list('v1', 'Service', namespace)) as unknown as readonly ServiceWire[];
			const own = services.find(({metadata}) => metadata.name === 'gateway');
			return own?.status?.loadBalancer?.ingress?.[0]?.ip ?? '';
		},
		(found) => found !== '',
	);
}

type ServiceWire = {
	readonly metadata: {readonly name: string};
	readonly status?: {readonly loadBalancer?: {readonly ingress?: readonly {readonly ip?: string}[]}};
};

describe('what a client gets by VirtualServices', () => {
	test('is what is named, from the pods that are named', async (context) => {
		context.skip(!isHere, 'no gateway of Istio here, or no way to ask from outside');
		expect(await agree(requests.map(requested))).toBeGreaterThanOrEqual(80);
	});

	test('by rules drawn at random is what is named', async (context) => {
		context.skip(!isHere, 'no gateway of Istio here, or no way to ask from outside');
		const domain = `in.${namespace}.example.com`;
		const random = createRandom(seed);
		await apply(generateVirtualServices(random, domain), namespace);
		expect(await agree(askVirtualServices(300, random, domain))).toBeGreaterThanOrEqual(200);
	});
});
