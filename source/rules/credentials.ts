import type {Ingress} from '../model/routes/ingress.ts';
import type {HttpRequest} from '../model/request.ts';

/** What asks the clients of a rule for credentials. It is meant so: a request without them gets 401, and that is no fault. */
export type AskedCredentials = {
	/** `annotation haproxy.org/auth-type`. */
	readonly by: string;
	/** Holds the users. */
	readonly secret?: {readonly namespace: string; readonly name: string};
};

/** Whether the request has some: what the controller says of them is then not known. */
export function bringsCredentials({headers}: HttpRequest): boolean {
	return headers.some(({name}) => name.toLowerCase() === 'authorization');
}

/** `secret`: a name in the namespace of the Ingress, or `NAMESPACE/NAME`. */
export function askedBy(by: string, {namespace}: Ingress, secret: string): AskedCredentials {
	const [name = '', other] = secret
		.replace(/^secret:\/\//u, '')
		.split('/')
		.toReversed();
	return {by, secret: name === '' ? undefined : {namespace: other ?? namespace, name}};
}
