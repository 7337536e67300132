import {isSecretName} from './secret-names.ts';

/** A URL as it may be shown: without the user and password before its host, also where it is no valid URL. */
export function withoutUser(url: string): string {
	return url.replace(/^([^/?#]*\/\/)?[^/?#]*@/u, '$1');
}

/** The same without the values of its query, for a sentence about it: they are often tokens. */
export function withoutSecrets(url: string): string {
	return withoutUser(url).replaceAll(parameter, `$1=${hidden}`);
}

/** A URL that shows what was asked for: values stay, but for those of parameters whose name is that of a secret (`token`, `key`). */
export function withoutSecretParameters(url: string): string {
	return url.replaceAll(parameter, (whole, name: string, value: string) =>
		value !== '' && isSecretName(name, 'parameter') ? `${name}=${hidden}` : whole,
	);
}

/*
A text of the cluster may be long and hostile: each pattern here reads a character a bounded number of times. No name holds a `?`, and
a token begins where a run of its characters does, for otherwise a million of them are read a million times.
*/
const parameter = /([?&][^=&#?\s]*)=([^&#\s]*)/gu;
const dotted = /(?<![\w-])[\w-]+(?:\.[\w-]*)+/gu;

/** The words of a server without the credentials that it repeats: the one that was sent, and what looks like one. */
export function withoutCredentials(text: string, authorization?: string): string {
	const sent = authorization?.split(' ').at(-1) ?? '';
	return (sent === '' ? text : text.replaceAll(sent, hidden))
		.replaceAll(/\b(authorization["']?\s*[:=]\s*\[?["']?(?:\w+\s+)?)[^\s"',;<>\]]+/giu, `$1${hidden}`)
		.replaceAll(/\b((?:bearer|basic|negotiate)\s+)(?=[^\s]*[\d=])[\w.~+/=-]{6,}/giu, `$1${hidden}`)
		.replaceAll(dotted, withoutToken)
		.replaceAll(/(\/\/)[^\s/?#"'<>@]+@/gu, '$1');
}

/** JSON Web Tokens begin with `eyJ`, and have a dot. */
function withoutToken(run: string): string {
	const start = run.search(/\beyJ[\w-]/u);
	const dot = start === -1 ? -1 : run.indexOf('.', start);
	return dot !== -1 && /[\w-]/u.test(run[dot + 1] ?? '') ? `${run.slice(0, start)}${hidden}` : run;
}

/** Stands for what is not shown. */
export const hidden = '(hidden)';
