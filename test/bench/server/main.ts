import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {answerList} from '../../../source/demo/answer-list.ts';
import {answerWatch} from '../../../source/demo/answer-watch.ts';
import {discovery} from '../../../source/demo/discovery.ts';
import {parseRequest, servedKinds, type ListRequest} from '../../../source/demo/parse-request.ts';
import {createSimulation} from '../../../source/demo/simulation.ts';
import {resourceOf} from '../../../source/cluster/kinds.ts';
import {answerBulkList, answerBulkWatch} from './answer.ts';
import {createBulks, type Bulk, type Format} from './bulk.ts';
import {createControl, type Ask} from './control.ts';
import {createState} from './state.ts';

/** The synthetic API server of the bench, in a process of its own: `node main.ts PODS HASTE`. It says its URL to its parent. */
const bulks = createBulks(Number(process.argv[2] ?? 10_000));
const haste = Number(process.argv[3] ?? 1);
const {world, settle} = createSimulation();
settle();
const state = createState(world, bulks);
const requests: string[] = [];
const control = createControl({world, state, bulks, requests});

const server = createServer((request, response) => {
	response.on('error', () => undefined);
	void answer(request, response);
});
server.listen(0, '127.0.0.1', () => {
	process.send?.({url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`});
});
process.on('message', (ask: Ask) => void control(ask).then((reply) => process.send?.(reply)));
process.on('disconnect', () => process.exit());

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const url = new URL(request.url ?? '/', 'http://server');
	const fixed = fixedAnswer(url.pathname);
	if (fixed !== undefined) {
		sendJson(response, 200, fixed);
		return;
	}

	const requested = parseRequest(url);
	requests.push(`${requested?.watch ? 'WATCH' : request.method} ${url.pathname}`);
	if (!requested) {
		sendJson(response, 404, {
			kind: 'Status',
			apiVersion: 'v1',
			status: 'Failure',
			reason: 'NotFound',
			code: 404,
		});
		return;
	}

	const bulk = bulks.get(requested.kind);
	await (bulk ? answerBulk(bulk, requested, {request, response}) : answerSmall(requested, response));
}

type Exchange = {readonly request: IncomingMessage; readonly response: ServerResponse};

function answerBulk(bulk: Bulk, requested: ListRequest, {request, response}: Exchange): Promise<void> {
	const asked = {
		bulk,
		state,
		requested: {...requested, timeout: requested.timeout / haste},
		format: formatOf(request.headers.accept ?? ''),
		response,
	};
	return requested.watch ? answerBulkWatch(asked) : answerBulkList(asked);
}

async function answerSmall(requested: ListRequest, response: ServerResponse): Promise<void> {
	if (requested.watch) {
		answerWatch(world, requested, response);
	} else {
		const [status, body] = answerList(world, requested);
		sendJson(response, status, body as object);
	}
}

/** The first of the formats that a client takes; as JSON otherwise. */
function formatOf(accept: string): Format {
	const first = accept.split(',')[0] ?? '';
	return first.includes('vnd.kubernetes.protobuf')
		? 'protobuf'
		: first.includes('as=Table')
			? 'table'
			: 'json';
}

function fixedAnswer(path: string): object | undefined {
	switch (path) {
		case '/version':
			return {major: '1', minor: '35', gitVersion: 'v1.35.0'};
		case '/livez':
		case '/readyz':
			return {status: 'ok'};
		case '/api':
			return core;
		case '/apis':
			return discovery;
		default:
			return undefined;
	}
}

/** Discovery of the core group, for kubectl. */
const core = {
	kind: 'APIGroupDiscoveryList',
	apiVersion: 'apidiscovery.k8s.io/v2',
	metadata: {},
	items: [
		{
			metadata: {},
			versions: [
				{
					version: 'v1',
					freshness: 'Current',
					resources: servedKinds
						.map((kind) => resourceOf(kind))
						.filter(({group}) => group === '')
						.map(({name, kind, namespaced}) => ({
							resource: name,
							responseKind: {group: '', version: 'v1', kind},
							scope: namespaced ? 'Namespaced' : 'Cluster',
							singularResource: kind.toLowerCase(),
							verbs: ['get', 'list', 'watch'],
						})),
				},
			],
		},
	],
};

function sendJson(response: ServerResponse, status: number, body: object): void {
	const isDiscovery = 'kind' in body && body.kind === 'APIGroupDiscoveryList';
	const contentType = `application/json${isDiscovery ? ';g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' : ''}`;
	response.writeHead(status, {'content-type': contentType}).end(JSON.stringify(body));
}
