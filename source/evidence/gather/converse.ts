import type {Duplex} from 'node:stream';
import {PortForwardError} from '../../cluster/port-forward.ts';
import type {Evidence, Vantage} from '../../model/evidence.ts';
import {failureOf} from '../failure.ts';
import type {ProbeTools} from '../probe.ts';
import {askHttp} from './ask-http.ts';
import {connectOutcome} from './connect-outcome.ts';
import {settled} from './settled.ts';
import {shakeHands} from './shake-hands.ts';

/** What is asked of one address and port, over one connection: TCP, then TLS, then HTTP, as far as they apply. */
export type Conversation = {
	readonly vantage: Vantage;
	readonly address: string;
	readonly port: number;
	readonly pod?: {readonly namespace: string; readonly name: string};
	/** Absent: TCP alone. */
	readonly request?: {
		readonly scheme: 'http' | 'https';
		readonly host: string;
		/** As the Host header has it. */
		readonly authority: string;
		readonly urlPath: string;
		readonly method: 'GET' | 'HEAD';
	};
	readonly permission?: string;
	readonly of: Readonly<Record<string, string>>;
};

/** Opens the connection and says what came of each step; a step that fails is the last. */
export async function converse(
	{vantage, of, permission, ...about}: Conversation,
	tools: ProbeTools,
	open: () => Promise<Duplex>,
): Promise<readonly Evidence[]> {
	const {signal, clock} = tools;
	const {address, port, pod, request} = about;
	const at = clock();
	const base = {at, vantage, of} as const;
	const owner = pod ? {pod: pod.name, namespace: pod.namespace} : {};
	const evidence: Evidence[] = [];
	const since = (): number => clock() - at;
	const connected = {type: 'connect', subject: {address, port, protocol: 'TCP', ...owner}} as const;
	let stream: Duplex;
	try {
		stream = await open();
	} catch (error) {
		return [{...base, ...connected, result: connectOutcome(error, signal, permission), ms: since()}];
	}

	try {
		const isSilent = !request && vantage.type === 'port-forward';
		const outcome = isSilent ? await settled(stream, since(), signal) : undefined;
		if (!request) {
			return [{...base, ...connected, result: outcome ?? {outcome: 'connected'}, ms: since()}];
		}

		const plain = stream;
		const socket = request.scheme === 'https' ? await secure(plain, request.host) : plain;
		const answer = await askHttp(socket, {...request, userAgent: tools.userAgent}, signal);
		evidence.push({...base, type: 'http', subject: httpSubject(request), result: answer, ms: since()});
		return [{...base, ...connected, result: {outcome: 'connected'}, ms: since()}, ...evidence];
	} catch (error) {
		return [...evidence, ...failed(error)];
	} finally {
		stream.on('error', () => {}).destroy();
	}

	async function secure(plain: Duplex, serverName: string): Promise<Duplex> {
		const {socket, result} = await shakeHands(plain, serverName, signal);
		evidence.push({...base, type: 'tls', subject: {address, port, serverName}, result, ms: since()});
		return socket;
	}

	function httpSubject({scheme, host, urlPath}: NonNullable<Conversation['request']>) {
		return {address, port, scheme, host, urlPath, ...owner};
	}

	/** Over a port-forward a refusal comes after the stream has opened; elsewhere the connection stands by now. */
	function failed(error: unknown): readonly Evidence[] {
		const outcome = connectOutcome(error, signal, permission);
		const isForwarded = vantage.type === 'port-forward' || error instanceof PortForwardError;
		if (!request || (isForwarded && evidence.length === 0)) {
			return [{...base, ...connected, result: outcome, ms: since()}];
		}

		const result = failureOf(error, signal, permission);
		const step: Evidence =
			request.scheme === 'https' && evidence.length === 0
				? {...base, type: 'tls', subject: {address, port, serverName: request.host}, result, ms: since()}
				: {...base, type: 'http', subject: httpSubject(request), result, ms: since()};
		return [{...base, ...connected, result: {outcome: 'connected'}, ms: since()}, step];
	}
}
