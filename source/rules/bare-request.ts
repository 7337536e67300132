import type {HttpRequest} from '../model/request.ts';

/** A request for no host yet, over http or https on its usual port: what a rule asks for is added to it. */
export function bareRequest(isTls: boolean): HttpRequest {
	return {
		scheme: isTls ? 'https' : 'http',
		host: '',
		port: isTls ? 443 : 80,
		urlPath: '/',
		method: 'GET',
		headers: [],
		query: [],
	};
}
