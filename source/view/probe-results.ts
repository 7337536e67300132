import type {Hop} from '../path/hop.ts';

/** When a hop was last seen at work by a probe, in milliseconds; undefined where its status rests on objects. */
export function seenAt({basis, details}: Hop): number | undefined {
	if (basis !== 'evidence' || !details) {
		return undefined;
	}

	const checks = 'observed' in details ? (details.observed ?? []) : [];
	const answers = 'queries' in details ? details.queries.flatMap(({observed}) => observed ?? []) : [];
	const times = [...checks, ...answers].map(({at}) => at).filter((at) => at !== undefined);
	return times.length === 0 ? undefined : Math.max(...times);
}

/**
What clients were seen to get: answers over HTTP, newest first in the words of its check. Undefined where nothing was sent. An answer is
of the whole path, so answers older than the last change of its objects (`changedAt`) are left out.
*/
export function answerSeen(
	hops: readonly Hop[],
	changedAt = 0,
): {readonly text: string; readonly times: number; readonly at: number} | undefined {
	const checks = hops
		.flatMap(({details}) => (details && 'observed' in details ? (details.observed ?? []) : []))
		.filter(({what, result, at}) => at >= changedAt && what.startsWith('http ') && !isOfProxy(result))
		.toSorted((a, b) => b.at - a.at);
	const [newest] = checks;
	if (!newest) {
		return undefined;
	}

	const status = statusOf(newest.result);
	return {
		text: status,
		times: checks.filter(({result}) => statusOf(result) === status).length,
		at: newest.at,
	};
}

/** The API server's own 503, where its proxy did not reach a pod: no client gets that. Source: apimachinery, pkg/util/proxy. */
function isOfProxy(result: string): boolean {
	return result.includes('error trying to reach service');
}

/** `HTTP 503 Service Unavailable` is known by its number. */
function statusOf(result: string): string {
	return /^HTTP (?<status>\d{3})/u.exec(result)?.groups?.['status'] ?? result;
}
