import type {HttpRequest} from '../model/request.ts';

type Asked = Pick<HttpRequest, 'query'>;

/** The query of a request as a URL has it, with its question mark; '' without one. */
export function queryText({query}: Asked): string {
	const pairs = query.map(
		({name, value, written}) => written ?? `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
	);
	return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** Names and values as a URL has them, for what compares them undecoded (Envoy, QueryParamsMulti::parseQueryString). */
export function writtenQuery({query}: Asked): HttpRequest['query'] {
	return query.map(({name, value, written}) => {
		const [first = '', ...rest] = written?.split('=') ?? [];
		return written === undefined
			? {name: encodeURIComponent(name), value: encodeURIComponent(value)}
			: {name: first, value: rest.join('=')};
	});
}
