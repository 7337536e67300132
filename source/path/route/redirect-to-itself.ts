import type {ObjectRef} from '../../model/ref.ts';
import type {HttpRequest} from '../../model/request.ts';
import {queryText} from '../../rules/query-text.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {routeFindings} from './catalogue.ts';

type Redirected = {
	readonly request: HttpRequest;
	readonly location: string;
	/** The object whose rule redirects, where that stands in it, and how to look at it. */
	readonly object: ObjectRef;
	readonly field: string;
	readonly command: string;
};

/** KNET451: the client is sent to the URL that it asked for, and there the same rule answers. */
export function redirectToItself({
	request,
	location,
	object,
	field,
	command,
}: Redirected): readonly Finding[] {
	// Who asks for no host in particular is asked for none again, and a location may be a path alone.
	const redirected = normal(location);
	if (request.host === '' || redirected === undefined || redirected !== ownUrl(request)) {
		return [];
	}

	return [
		finding(routeFindings.redirectToItself, {
			message: `${object.kind} ${object.namespace}/${object.name} redirects ${location} to itself: the redirect never ends.`,
			evidence: [objectField(object, field, location)],
			remedy: remedyOf(request),
			command,
		}),
	];
}

function remedyOf({clientScheme, scheme}: HttpRequest): string {
	if (clientScheme !== undefined) {
		return 'TLS ends before the controller, which sees only http: redirect at the load balancer, or only on the port that clients use for http.';
	}

	return scheme === 'https'
		? 'Attach the redirect to the listener or entry point for http only (sectionName), and leave https to another rule.'
		: 'Let the redirect change the scheme, host, port or path.';
}

/** As the client asked for it. */
function ownUrl(request: HttpRequest): string | undefined {
	const scheme = request.clientScheme ?? request.scheme;
	return normal(`${scheme}://${request.host}:${request.port}${request.urlPath}${queryText(request)}`);
}

function normal(url: string): string | undefined {
	const parts = /^(https?):\/\/([^/:?#]+)(?::(\d+))?(.*)$/iu.exec(url);
	if (!parts) {
		return undefined;
	}

	const [, scheme = '', host = '', port, rest = ''] = parts;
	const usual = scheme.toLowerCase() === 'https' ? '443' : '80';
	return `${scheme}://${host}`.toLowerCase() + `:${port ?? usual}${rest === '' ? '/' : rest}`;
}
