import type {Duplex} from 'node:stream';
import {PortForwardError} from '../../cluster/port-forward.ts';
import type {
	ConnectObservation,
	Evidence,
	HttpObservation,
	TlsObservation,
	Vantage,
} from '../../model/evidence.ts';
import {failureOf} from '../failure.ts';
import type {ProbeTools} from '../probe.ts';
import {askHttp, type HttpQuery} from './ask-http.ts';
import {connectOutcome} from './connect-outcome.ts';
import {settled} from './settled.ts';
import {isAlert, refusalOf, shakeHands} from './tls-handshake.ts';

/** What is asked of one address and port, over one connection: TCP, then TLS, then HTTP, as far as they apply. */
export type Conversation = {
	readonly vantage: Vantage;
	readonly address: string;
	readonly port: number;
	readonly pod?: {readonly namespace: string; readonly name: string};
	/** Absent: TCP alone. */
	readonly request?: ConversationRequest;
	readonly permission?: string;
	readonly of: Readonly<Record<string, string>>;
};

type ConversationRequest = Omit<HttpQuery, 'method' | 'userAgent'> & {
	readonly scheme: 'http' | 'https';
	readonly serverName: string;
	readonly host: string;
	/** Absent: no HTTP is sent. */
	readonly method?: HttpQuery['method'];
};

/** Opens the connection and says what came of each step; a step that fails is the last. */
export async function runExchange(
	about: Conversation,
	tools: ProbeTools,
	open: () => Promise<Duplex>,
): Promise<readonly Evidence[]> {
	// Without TLS and HTTP the connection alone is asked for.
	const request = about.request?.method || about.request?.scheme === 'https' ? about.request : undefined;
	const transcript = createTranscript(about, tools);
	let stream: Duplex | undefined;
	try {
		stream = await open();
		const [plain, opening] = [stream, transcript.elapsed()];
		if (request) {
			await exchange(plain, request, {transcript, tools});
			return [transcript.connect({outcome: 'connected'}), ...transcript.taken];
		}

		const isForwarded = about.vantage.type === 'port-forward';
		return [
			transcript.connect(isForwarded ? await settled(plain, opening, tools.signal) : {outcome: 'connected'}),
		];
	} catch (error) {
		return stream && request && hasConnected(about, transcript, error)
			? [transcript.connect({outcome: 'connected'}), ...transcript.taken, transcript.failed(request, error)]
			: [transcript.connect(connectOutcome(error, tools.signal, about.permission))];
	} finally {
		stream?.on('error', () => {}).destroy();
	}
}

/** Over a port-forward only a first answer shows that the connection stands; elsewhere it is opened before. */
function hasConnected({vantage}: Conversation, {taken}: Transcript, error: unknown): boolean {
	return (
		taken.length > 0 ||
		isAlert(error) ||
		(vantage.type !== 'port-forward' && !(error instanceof PortForwardError))
	);
}

async function exchange(
	plain: Duplex,
	request: ConversationRequest,
	{transcript, tools}: {readonly transcript: Transcript; readonly tools: ProbeTools},
): Promise<void> {
	let socket = plain;
	if (request.scheme === 'https') {
		const hello = await shakeHands(plain, request.serverName, tools.signal);
		transcript.tls(request, hello.result);
		socket = hello.socket;
	}

	const {method} = request;
	if (method) {
		const question = {...request, method, userAgent: tools.userAgent};
		transcript.http(request, await askHttp(socket, question, tools.signal));
	}
}

/** What was learnt so far. */
type Transcript = {
	readonly taken: readonly Evidence[];
	elapsed(): number;
	connect(result: ConnectObservation['result']): ConnectObservation;
	tls(request: ConversationRequest, result: TlsObservation['result']): TlsObservation;
	http(request: ConversationRequest, result: HttpObservation['result']): HttpObservation;
	/** The next step failed: the steps before it, and the error. */
	failed(request: ConversationRequest, error: unknown): Evidence;
};

function createTranscript(
	{vantage, address, port, pod, permission, of}: Conversation,
	tools: ProbeTools,
): Transcript {
	const at = tools.clock();
	const owner = pod ? {pod: pod.name, namespace: pod.namespace} : {};
	const taken: Evidence[] = [];
	const base = () => ({at, vantage, of, ms: tools.clock() - at});
	const tls = ({serverName}: ConversationRequest, result: TlsObservation['result']): TlsObservation => ({
		...base(),
		type: 'tls',
		subject: {address, port, serverName},
		result,
	});
	const http = (request: ConversationRequest, result: HttpObservation['result']): HttpObservation => {
		const {scheme, host, urlPath} = request;
		return {...base(), type: 'http', subject: {address, port, scheme, host, urlPath, ...owner}, result};
	};

	const take = <T extends Evidence>(evidence: T): T => {
		taken.push(evidence);
		return evidence;
	};

	return {
		taken,
		elapsed: () => tools.clock() - at,
		connect: (result) => ({
			...base(),
			type: 'connect',
			subject: {address, port, protocol: 'TCP', ...owner},
			result,
		}),
		tls: (request, result) => take(tls(request, result)),
		http: (request, result) => take(http(request, result)),
		failed(request, error) {
			const result = failureOf(error, tools.signal, permission);
			if (request.scheme !== 'https' || taken.length > 0) {
				return http(request, result);
			}

			const refusal = tools.signal.aborted ? undefined : refusalOf(error);
			return tls(request, refusal === undefined ? result : {noHandshake: refusal});
		},
	};
}
