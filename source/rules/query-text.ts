import type {HttpRequest} from '../model/request.ts';

/** The query of a request as a URL has it, with its question mark; '' without one. */
export function queryText({query}: Pick<HttpRequest, 'query'>): string {
	const pairs = query.map(({name, value}) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
	return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}
