/** A URL as it may be shown: without the user and password before its host, also where it is no valid URL. */
export function withoutUser(url: string): string {
	return url.replace(/^([^/?#]*\/\/)?[^/?#]*@/u, '$1');
}

/** The same without the values of its query, for a sentence about it: they are often tokens. */
export function withoutSecrets(url: string): string {
	return withoutUser(url).replaceAll(/([?&][^=&#\s]*)=[^&#\s]*/gu, `$1=${hidden}`);
}

/** A URL that shows what was asked for: values stay, but for those of parameters whose name is that of a secret (`token`, `key`). */
export function withoutSecretParameters(url: string): string {
	return url.replaceAll(secretParameter, `$1${hidden}`);
}

const secretParameter =
	/([?&][^=&#\s]*(?:token|secret|passw|pwd|key|auth|sig|session|credential|code|jwt)[^=&#\s]*=)[^&#\s]+/giu;

/** The words of a server without the credentials that it repeats: the one that was sent, and what looks like one. */
export function withoutCredentials(text: string, authorization?: string): string {
	const sent = authorization?.split(' ').at(-1) ?? '';
	return (sent === '' ? text : text.replaceAll(sent, hidden))
		.replaceAll(/\b(authorization["']?\s*[:=]\s*\[?["']?(?:\w+\s+)?)[^\s"',;<>\]]+/giu, `$1${hidden}`)
		.replaceAll(/\b((?:bearer|basic|negotiate)\s+)(?=[^\s]*[\d=])[\w.~+/=-]{6,}/giu, `$1${hidden}`)
		.replaceAll(/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/gu, hidden)
		.replaceAll(/(\/\/)[^\s/?#"'<>@]+@/gu, '$1');
}

/** Stands for what is not shown. */
export const hidden = '(hidden)';
