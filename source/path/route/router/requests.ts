import type {HttpRequest} from '../../../model/request.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Router, RouterObject} from '../../../rules/routers/router.ts';
import {isHost} from '../../parse-url.ts';
import type {UrlTarget} from '../../target.ts';
import {requestText} from '../request-text.ts';

/** A request that an object is meant for. */
type ObjectRequest = {
	readonly target: UrlTarget;
	/** `host/path`. */
	readonly place: string;
	/** A URL says it all. */
	readonly plain: boolean;
	readonly isGuess?: boolean;
};

/** What the rules of an object ask for, the same request once. */
export function objectRequests(
	snapshot: Snapshot,
	router: Router,
	object: RouterObject,
): readonly ObjectRequest[] {
	const seen = new Set<string>();
	return router
		.requestsOf(snapshot, object)
		.filter(({request}) => {
			const key = JSON.stringify(request);
			return !seen.has(key) && Boolean(seen.add(key));
		})
		.map(({request, plain, isGuess}) => {
			const authority = authorityOf(request);
			return {
				target: {kind: 'url', text: requestText(request, authority), schemeGiven: true, request},
				place: `${authority}${request.urlPath}`,
				plain: plain && isHost(request.host),
				isGuess,
			};
		});
}

function authorityOf({host, scheme, port}: HttpRequest): string {
	const standard = port === (scheme === 'https' ? 443 : 80);
	return `${host || '*'}${standard ? '' : `:${port}`}`;
}
