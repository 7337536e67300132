import {bareRequest} from '../../../rules/bare-request.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import {isForTls} from '../../../rules/controllers/entry-scheme.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import type {Path} from '../../report.ts';
import type {Target, UrlTarget} from '../../target.ts';
import {plainPath} from '../../../rules/ingress/plain-path.ts';
import type {WalkContext} from '../context.ts';
import {unknownPath} from '../unknown-path.ts';
import {walkUrl} from './walk-url.ts';

type IngressTarget = Extract<Target, {kind: 'ingress'}>;

/** `ing/NAME`: every host and path of an Ingress, as requests. */
export function walkIngress(context: WalkContext, target: IngressTarget): readonly Path[] {
	const namespace = target.namespace ?? context.namespace ?? 'default';
	const found = lookup(context.snapshot, 'Ingress', namespace, target.name);
	if ('unknown' in found) {
		return [
			unknownPath(`ing/${target.name}`, {hop: 'route', kind: 'Ingress', namespace, state: found.unknown}),
		];
	}

	if ('missing' in found) {
		return [];
	}

	const object = {kind: 'Ingress', namespace, name: target.name};
	return requestsOf(context.snapshot, found.found).flatMap((url) =>
		walkUrl({...context, namespace}, url, {object}),
	);
}

function requestsOf(snapshot: Snapshot, ingress: Ingress): readonly UrlTarget[] {
	const ofRules = ingress.rules.flatMap(({host, paths}) =>
		paths.map(({path}) => urlOf(snapshot, ingress, {host, path})),
	);
	return ofRules.length > 0 ? ofRules : [urlOf(snapshot, ingress, {host: '', path: '/'})];
}

/** A request that an Ingress rule is meant for. A wildcard host, and the first part of a regular expression, stand as written. */
function urlOf(
	snapshot: Snapshot,
	ingress: Ingress,
	{host, path}: {readonly host: string; readonly path: string},
): UrlTarget {
	const tls = isForTls(snapshot, ingress, host);
	const urlPath = plainPath(path);
	return {
		kind: 'url',
		text: `${tls ? 'https' : 'http'}://${host || '*'}${urlPath}`,
		schemeGiven: true,
		request: {...bareRequest(tls), host: host.toLowerCase(), urlPath},
	};
}
