import type {UserEntry} from '../kubeconfig/kubeconfig.ts';
import type {Headers} from '../transport/exchange.ts';
import {definedFields} from '../defined-fields.ts';

/** Headers that make the API server answer as to somebody else (client-go ImpersonatingRoundTripper). */
export function impersonationHeaders(user: UserEntry): Headers {
	if (!user.impersonate) {
		return {};
	}

	const extra = Object.entries(user.impersonateExtra ?? {}).map(
		([key, values]) => [`impersonate-extra-${escapeKey(key)}`, values] as const,
	);
	return definedFields({
		'impersonate-user': user.impersonate,
		'impersonate-uid': user.impersonateUid || undefined,
		'impersonate-group': user.impersonateGroups,
		...Object.fromEntries(extra),
	});
}

/** Bytes that a header name may not hold are percent-encoded (RFC 9110 token characters; headerKeyEscape). */
function escapeKey(key: string): string {
	return encodeURIComponent(key.toLowerCase()).replaceAll(
		/[()]/g,
		(character) => `%${character.codePointAt(0)?.toString(16).toUpperCase()}`,
	);
}
