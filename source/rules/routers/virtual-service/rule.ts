import type {IstioHttpMatch, StringMatch, VirtualService} from '../../../model/routes/istio.ts';
import {refOf} from '../../../model/ref.ts';
import type {HttpCandidate} from '../../istio/http-routes.ts';
import type {RouterRule} from '../router.ts';

/** The match that took the request, as people find it again. */
export function httpRule({route, match, matchIndex, domain}: HttpCandidate): RouterRule {
	const {object, index} = route.place;
	return {
		object: refOf('VirtualService', object),
		field: `spec.http[${index}]${matchIndex === undefined ? '' : `.match[${matchIndex}]`}`,
		rule: index,
		text: matchText(match),
		host: domain === '*' ? '' : domain,
		pathType: match?.uri?.type === 'present' ? undefined : match?.uri?.type,
		value: match?.uri?.type === 'present' ? undefined : match?.uri?.value,
	};
}

export function streamRule(
	object: VirtualService,
	{field, index, host}: {readonly field: 'tls' | 'tcp'; readonly index: number; readonly host: string},
): RouterRule {
	return {
		object: refOf('VirtualService', object),
		field: `spec.${field}[${index}]`,
		rule: index,
		text: field === 'tls' ? 'TLS as it comes' : 'TCP',
		host,
	};
}

/** `prefix /api, method exact POST`. */
function matchText(match: IstioHttpMatch | undefined): string {
	if (!match) {
		return 'every request';
	}

	const parts = (['method', 'scheme', 'authority'] as const).flatMap((part) => {
		const wanted = match[part];
		return wanted ? [`${part} ${wordsOf(wanted)}`] : [];
	});
	const named = [
		...match.headers.map((wanted) => `header ${wanted.name} ${wordsOf(wanted)}`),
		...match.withoutHeaders.map((wanted) => `no header ${wanted.name} ${wordsOf(wanted)}`),
		...match.queryParams.map((wanted) => `query ${wanted.name} ${wordsOf(wanted)}`),
	];
	const words = [...(match.uri ? [wordsOf(match.uri)] : []), ...parts, ...named];
	return words.length > 0 ? words.join(', ') : 'every request';
}

function wordsOf({type, value}: StringMatch): string {
	return type === 'present' ? 'present' : `${type} ${value}`;
}
