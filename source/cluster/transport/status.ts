import {safe} from '../../model/safe-text/safe.ts';
import {isProtobuf, readStatusText} from '../codec/protobuf/status.ts';
import {readText} from './body.ts';
import {ApiError} from './errors.ts';
import {withoutCredentials} from '../../model/safe-text/hide.ts';

type Status = {
	readonly kind?: unknown;
	readonly message?: unknown;
	readonly reason?: unknown;
	readonly details?: {
		readonly retryAfterSeconds?: unknown;
		readonly causes?: readonly {readonly reason?: unknown}[];
	};
};

/** What is left of a proxy's page when it stands in for the API server's words. */
const longestText = 200;
/** More of an answer is not looked at. */
const longestMessage = 4000;

/**
The refusal that an answer holds: a `Status` object, or the text of whatever answered in the server's place. Proxies that
repeat the header `authorization` must not have it printed.
*/
export async function apiErrorOf(
	status: number,
	headers: Readonly<Record<string, string>>,
	body: AsyncIterable<Uint8Array>,
	authorization?: string,
): Promise<ApiError> {
	const text = isProtobuf(headers) ? await readStatusText(body) : await readText(body);
	const parsed = parseStatus(text);
	const retryAfter = retryAfterOf(headers['retry-after'], parsed?.details?.retryAfterSeconds);
	return new ApiError({
		status,
		reason: typeof parsed?.reason === 'string' ? parsed.reason : '',
		message: safe(
			typeof parsed?.message === 'string' && parsed.message !== ''
				? withoutCredentials(parsed.message.slice(0, longestMessage), authorization)
				: plainText(text, status, authorization),
		),
		retryAfter,
		causes: (parsed?.details?.causes ?? []).flatMap(({reason}) =>
			typeof reason === 'string' ? [reason] : [],
		),
	});
}

function parseStatus(text: string): Status | undefined {
	try {
		const parsed = JSON.parse(text) as Status | null;
		return parsed?.kind === 'Status' ? parsed : undefined;
	} catch {
		// The syntax error would quote the body.
		return undefined;
	}
}

function plainText(text: string, status: number, authorization: string | undefined): string {
	const line = text
		.slice(0, longestMessage)
		.replaceAll(/<[^>]*>/g, ' ')
		.replaceAll(/\s+/g, ' ')
		.trim();
	return line === '' ? `status ${status}` : withoutCredentials(line, authorization).slice(0, longestText);
}

/** Seconds: the header counts (a number or a date, RFC 9110 §10.2.3), then the Status. */
function retryAfterOf(header: string | undefined, seconds: unknown): number | undefined {
	if (header !== undefined) {
		const value = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
		if (Number.isFinite(value)) {
			return Math.max(0, value);
		}
	}

	return typeof seconds === 'number' && seconds > 0 ? seconds : undefined;
}
