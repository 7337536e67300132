import {withoutSecretParameters} from '../../model/safe-text/hide.ts';
import type {HttpRequest} from '../../model/request.ts';

/** The URL, with what else a rule asks for: `POST http://host/path?q=1 (x-user: 7)`. */
export function requestText(
	{scheme, method, urlPath, headers, query}: HttpRequest,
	authority: string,
): string {
	const pairs = query.map(({name, value}) => `${name}=${value}`).join('&');
	const asked = withoutSecretParameters(pairs ? `?${pairs}` : '');
	const wanted = headers.map(({name, value}) => `${name}: ${value}`).join(', ');
	return [
		...(method === 'GET' ? [] : [method]),
		`${scheme}://${authority}${urlPath}${asked}`,
		...(wanted ? [`(${wanted})`] : []),
	].join(' ');
}

/** The host as the client sends it: to some controllers the dot of the root, or an upper-case letter, makes it another one. */
export function sentHost({host, hostHeader}: HttpRequest): string {
	return hostHeader ?? host;
}
