import type {Path, Trace} from '../../../source/path/report.ts';
import {answeredBy} from './backends.ts';
import {findingsOf} from './knet.ts';
import type {Answered} from './outside.ts';

/** Outcomes that a trace allows: `200 a`, `404`, `302 http://…`, `tls-error`. */
export function outcomesOf({paths}: Trace): readonly string[] {
	return paths.map((path) => redirectOf(path) ?? answerOf(path));
}

function redirectOf({hops}: Path): string | undefined {
	const details = hops.find(({kind}) => kind === 'route')?.details as
		| {readonly changes?: readonly string[]}
		| undefined;
	const redirect = /redirects to (?<to>\S+) \((?<status>\d+)\)/u.exec(details?.changes?.join() ?? '')?.groups;
	return redirect && `${redirect['status']} ${plain(redirect['to'] ?? '')}`;
}

function answerOf({hops, symptom, verdict}: Path): string {
	const name = hops.find(({kind}) => kind === 'service')?.subject?.name ?? '';
	return verdict === 'broken'
		? (symptom ?? 'broken').replace('http-', '')
		: `200 ${answeredBy[name] ?? name}`;
}

/**
Nothing is said of what the client sees: rules of equal rank (KNET405), of which the controller may take either; a path that is
unknown, or broken without a symptom; https for a host that no rule names, where the controller is not known.
*/
export function isOpen(trace: Trace): boolean {
	return (
		findingsOf(trace).some(({code}) => code === 'KNET405') ||
		trace.paths.some(({verdict, symptom}) => verdict === 'unknown' || (verdict === 'broken' && !symptom)) ||
		(trace.target.text.startsWith('https:') && trace.paths.every(hasNoController))
	);
}

function hasNoController({hops}: Path): boolean {
	return hops.some(({kind, status}) => kind === 'controller' && status === 'skipped');
}

const ofCurl: Readonly<Record<number, string>> = {7: 'connection-refused', 28: 'timeout', 35: 'tls-error'};

export function outcomeOf({exit, status, body, location}: Answered): string {
	if (exit !== 0 || status >= 400) {
		return exit === 0 ? String(status) : (ofCurl[exit] ?? `curl ${exit}`);
	}

	return `${status} ${status === 200 ? body.replace(/-[^-]+-[^-]+$/u, '') : plain(location)}`;
}

/** Hosts ignore case; some controllers give them back as they were asked. */
function plain(location: string): string {
	return location.replace(/^\w+:\/\/[^/]+/u, (origin) => origin.toLowerCase());
}
