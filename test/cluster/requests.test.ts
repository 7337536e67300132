import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {LoadBalancerDetails} from '../../source/path/details.ts';
import type {Trace} from '../../source/path/report.ts';
import {parseTarget} from '../../source/path/target-text.ts';
import {walk} from '../../source/path/walk/walk.ts';
import {answeringPods, backends, certificate, grantedBackends} from './helpers/backends.ts';
import {balancerAddress, canAskFromOutside, gatewayPort} from './helpers/environment.ts';
import {eventually} from './helpers/eventually.ts';
import {
	gatewayClassOf,
	gatewayFronts,
	ingressClassOf,
	ingressFronts,
	sharedGatewayOf,
	type Open,
} from './helpers/fronts.ts';
import {generateCatchAlls, generateIngresses} from './helpers/generate-ingresses.ts';
import {generateRoute} from './helpers/generate-routes.ts';
import {openKnet, type Knet} from './helpers/knet.ts';
import {apply, createNamespace, removeAll, removeNamespace, someReady} from './helpers/objects.ts';
import {isOpen, outcomeOf, outcomesOf} from './helpers/outcomes.ts';
import {askFromOutside} from './helpers/outside.ts';
import {ask, documentOf, type Question} from './helpers/questions.ts';
import {createRandom, seed} from './helpers/random.ts';

const requests = 900;
/** At least so many must be left when those are put aside of which nothing is said. */
const enough = 200;
let knet: Knet;
let namespace: string;
let other: string;

beforeAll(async () => {
	knet = await openKnet();
	[namespace, other] = await Promise.all([createNamespace('requests'), createNamespace('granting')]);
	await apply(backends(namespace), namespace);
	await apply(grantedBackends(namespace), other);
	await someReady(namespace, answeringPods.length);
	await someReady(other, 2);
});

afterAll(async () => {
	await Promise.all([removeNamespace(namespace), removeNamespace(other)]);
	await knet.close();
});

function tracesOf(questions: readonly Question[]): Promise<readonly Trace[]> {
	return knet.evaluate((snapshot) =>
		questions.map(({url, method, headers}) => {
			const parsed = parseTarget(url, {method, headers});
			if ('problem' in parsed) {
				throw new Error(parsed.problem);
			}

			return walk(snapshot, {target: parsed.value});
		}),
	);
}

type Compared = {readonly question: Question; readonly predicted: readonly string[]; readonly seen: string};

/** Those of which something is said. */
async function compare(questions: readonly Question[], address: string): Promise<readonly Compared[]> {
	const [traces, answers] = [await tracesOf(questions), await askFromOutside(questions, address)];
	return questions.flatMap((question, index) => {
		const trace = traces[index]!;
		return isOpen(trace) ? [] : [{question, predicted: outcomesOf(trace), seen: outcomeOf(answers[index]!)}];
	});
}

const differs = ({predicted, seen}: Compared): boolean => !predicted.includes(seen);

/**
How many questions are answered as named. Rules that were just written may be on their way to the controller: what differs is asked
again for a while.
*/
async function agree(questions: readonly Question[], address: string): Promise<number> {
	const first = await compare(questions, address);
	let different = first.filter(differs);
	await eventually(
		async () => {
			different = (
				await compare(
					different.map(({question}) => question),
					address,
				)
			).filter(differs);
			return different;
		},
		({length}) => length === 0,
		{within: 30_000, describe: describeAll},
	);
	return first.length;
}

function describeAll(last: unknown): string {
	return [
		`KNET_TEST_SEED=${seed}`,
		...(last as readonly Compared[]).map((each) => JSON.stringify(each)),
	].join('\n');
}

/** Of the load balancer that stands before the controller of a domain. */
async function addressFor(domain: string): Promise<string> {
	return (
		balancerAddress ??
		eventually(
			async () => addressIn(await knet.trace({target: `http://x.${domain}/`, namespace})),
			(address) => address !== '',
		)
	);
}

function addressIn({paths}: Trace): string {
	const hop = paths[0]?.hops.find(({kind}) => kind === 'load-balancer');
	const [address] = (hop?.details as LoadBalancerDetails | undefined)?.addresses ?? [];
	return address ?? '';
}

describe.runIf(canAskFromOutside)('what a client gets by Ingresses', () => {
	test.for(ingressFronts)(
		'$name does what is named, from the backend that is named',
		async (front, context) => {
			const {controller, dialect, name} = front;
			const className = await ingressClassOf(controller);
			if (className === undefined) {
				return context.skip(`no IngressClass of ${controller}: ${name} is not in this cluster`);
			}

			const random = createRandom(seed);
			const part = className.replaceAll(/[^a-z\d]/gu, '-');
			const where = {random, domain: `${part}.${namespace}.example.com`, className, dialect};
			const asking = {...where, schemes: ['http', 'http', 'http', 'https'], variesRequest: false} as const;
			await apply(
				`${certificate('certificate', `x.${where.domain}`)}${generateIngresses(24, where)}`,
				namespace,
			);
			const address = await addressFor(where.domain);
			expect(await agree(ask(requests, asking), address)).toBeGreaterThanOrEqual(enough);
			const catchAlls = generateCatchAlls(where);
			await apply(catchAlls, namespace);
			try {
				await agree(ask(100, asking), address);
			} finally {
				await removeAll('networking.k8s.io/v1', 'Ingress', namespace);
			}
		},
	);
});

describe.runIf(canAskFromOutside)('what a client gets by HTTPRoutes', () => {
	test.for(gatewayFronts)(
		'$name does what is named, from the backend that is named',
		async (front, context) => {
			const {controller, name} = front;
			const className = await gatewayClassOf(controller);
			if (className === undefined) {
				return context.skip(`no GatewayClass of ${controller}: ${name} is not in this cluster`);
			}

			const random = createRandom(seed);
			const gateway = (await sharedGatewayOf(className)) ?? (await ownGateway(className));
			const domain = `${namespace}.${gateway.domain}`;
			const where = {
				random,
				domain,
				other,
				gateway: refOf(gateway),
				listeners: [...gateway.listeners, 'none'],
			};
			const schemes =
				gateway.listeners.length > 1 ? (['http', 'http', 'http', 'https'] as const) : (['http'] as const);
			await apply(
				Array.from({length: 14}, (_, index) => generateRoute(`r${index}`, where)).join(''),
				namespace,
			);
			const address = await addressFor(domain);
			try {
				const closed = await agree(ask(requests, {random, domain, schemes, variesRequest: true}), address);
				expect(closed).toBeGreaterThanOrEqual(enough);
			} finally {
				await removeAll('gateway.networking.k8s.io/v1', 'HTTPRoute', namespace);
			}
		},
	);
});

/** For controllers without a Gateway that takes routes of every namespace. */
async function ownGateway(className: string): Promise<Open> {
	const domain = `${className}.example.com`;
	await apply(
		documentOf({
			apiVersion: 'gateway.networking.k8s.io/v1',
			kind: 'Gateway',
			metadata: {name: className},
			spec: {
				gatewayClassName: className,
				listeners: [{name: 'web', protocol: 'HTTP', port: gatewayPort, hostname: `*.${domain}`}],
			},
		}),
		namespace,
	);
	return {namespace, name: className, listeners: ['web'], domain};
}

function refOf({namespace: of, name}: Open): {readonly namespace: string; readonly name: string} {
	return {namespace: of, name};
}
