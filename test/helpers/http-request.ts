import type {HttpRequest} from '../../source/model/request.ts';

/** `GET http://app.example.com/`. */
export const httpRequest: HttpRequest = {
	scheme: 'http',
	host: 'app.example.com',
	port: 80,
	urlPath: '/',
	method: 'GET',
	headers: [],
	query: [],
};
