import type {HttpRequest} from '../../../model/request.ts';
import type {RouteInput, RuleRef} from '../../ingress/decision.ts';

const routeAcl = 'haproxy.org/route-acl';

/**
Whether the condition of a Service holds, which its rule wants beside host and path (pkg/route/route.go, AddCustomRoute). Of the
language of HAProxy only "there is such a header or cookie" is read. Undefined: not known.
*/
export function fitsAcl(rule: RuleRef, input: RouteInput): boolean | undefined {
	const {request} = input;
	const acl = aclOf(rule, input);
	if (acl === undefined) {
		return true;
	}

	const [, kind, name = ''] = /^(?:req\.)?(hdr|cook|cookie)\(([\w-]+)\) -m found$/u.exec(acl) ?? [];
	return kind === undefined
		? undefined
		: kind === 'hdr'
			? hasHeader(request, name)
			: hasCookie(request, name);
}

/** The condition that the Service of a rule has. */
export function aclOf({ingress, backend}: RuleRef, {serviceOf}: RouteInput): string | undefined {
	return serviceOf?.(ingress, backend)?.annotations[routeAcl];
}

function hasHeader({headers}: HttpRequest, wanted: string): boolean {
	return headers.some(({name}) => name.toLowerCase() === wanted.toLowerCase());
}

function hasCookie({headers}: HttpRequest, wanted: string): boolean {
	return headers
		.filter(({name}) => name.toLowerCase() === 'cookie')
		.flatMap(({value}) => value.split(';'))
		.some((each) => each.trim().startsWith(`${wanted}=`));
}
