import type {Snapshot} from '../../../model/snapshot.ts';
import type {Router, RouterObject} from '../../../rules/routers/router.ts';
import {routers} from '../../../rules/routers/routers.ts';
import type {Entry} from '../../report.ts';
import {objectRequests} from './requests.ts';

/** What a person can pick of routers of their own: each host and path of an object. None where they are not installed. */
export function routerEntries(snapshot: Snapshot, namespace: string | undefined): readonly Entry[] {
	return routers.flatMap((router) =>
		snapshot.list(router.kind, namespace).flatMap((object) => entriesOf(snapshot, router, object)),
	);
}

function entriesOf(snapshot: Snapshot, router: Router, object: RouterObject): readonly Entry[] {
	const {namespace, name} = object;
	const subject = {kind: router.kind, namespace, name};
	const target = `${router.kind.toLowerCase()}/${namespace}/${name}`;
	const id = `${router.kind}/${namespace}/${name}`;
	const byPlace = Map.groupBy(objectRequests(snapshot, router, object), ({place}) => place);
	// An object that no request leads to is still walked, to say so, unless it is for clients that are not seen here.
	const isElsewhere =
		router.rootsOf(snapshot, object).length === 0 && router.whyNoRequest?.(snapshot, object)?.isOpen;
	if (isElsewhere) {
		return [];
	}

	return byPlace.size === 0
		? [{id, title: `${router.kind.toLowerCase()}/${name}`, namespace, target, subject}]
		: [...byPlace].map(([title, requests]) => ({
				id: `${id}/${title}`,
				title,
				namespace,
				// What no plain URL asks for is walked as the object it stands in.
				target: requests.find(({plain}) => plain)?.target.text ?? target,
				subject,
			}));
}
