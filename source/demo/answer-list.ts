import type {ListRequest} from './parse-request.ts';
import {nameOf, type World, type WorldObject} from './world.ts';

/** Status and body of a list: whole, or a page of it with the token of the next. */
export function answerList(world: World, requested: ListRequest): readonly [number, unknown] {
	const all = objectsOf(world, requested);
	const [version, after] =
		requested.continueToken === '' ? [String(world.version()), ''] : splitToken(requested.continueToken);
	const rest = after === '' ? all : all.filter((object) => nameOf(object) > after);
	const page = requested.limit > 0 ? rest.slice(0, requested.limit) : rest;
	const last = page.at(-1);
	const more =
		page.length < rest.length && last
			? {continue: `${version}:${nameOf(last)}`, remainingItemCount: rest.length - page.length}
			: {};
	return [
		200,
		{
			kind: `${requested.kind}List`,
			apiVersion: requested.apiVersion,
			metadata: {resourceVersion: version, ...more},
			items: page.map(({kind: _kind, apiVersion: _apiVersion, ...item}) => item),
		},
	];
}

/** In the order of their names, as a server lists them. */
export function objectsOf(world: World, requested: ListRequest): readonly WorldObject[] {
	return world
		.list(requested.kind)
		.filter((object) => requested.matches(object))
		.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function splitToken(token: string): readonly [string, string] {
	const at = token.indexOf(':');
	return [token.slice(0, at), token.slice(at + 1)];
}
