import {execIn} from './exec.ts';
import {askFromOutside, type Answered} from './outside.ts';
import type {Symptom} from '../../../source/rules/stop.ts';

/** What a request came to: `ok`, a symptom in the words of the report, or what was said instead. */
export type Seen = string;

/** Connects from a pod, as a program there would: by name, with the pod's own resolver. */
export async function connectFrom(
	pod: {readonly namespace: string; readonly pod: string},
	hostAndPort: string,
): Promise<Seen> {
	const {stdout, stderr, succeeded} = await execIn(pod, ['/agnhost', 'connect', hostAndPort, '--timeout=3s']);
	return succeeded ? 'ok' : wordOf(`${stdout}${stderr}`.trim());
}

function wordOf(text: string): Seen {
	const words: Readonly<Record<string, Symptom>> = {REFUSED: 'connection-refused', TIMEOUT: 'timeout'};
	const known = words[text.split('\n')[0] ?? ''];
	if (known) {
		return known;
	}

	return text.startsWith('DNS') ? (text.includes('no such host') ? 'nxdomain' : 'dns-failure') : text;
}

/** One request from outside, through the load balancer and the controller. */
export async function fetchFromOutside(url: string, address: string): Promise<Seen> {
	const [answer] = await askFromOutside([{url}], address);
	return answer ? seenOf(answer) : 'no answer';
}

function seenOf({exit, status}: Answered): Seen {
	if (exit === 0) {
		return status < 400 ? 'ok' : `http-${status}`;
	}

	return exit === 7 ? 'connection-refused' : exit === 28 ? 'timeout' : `curl ${exit}`;
}
