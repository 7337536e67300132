import type {ListRequest} from './parse-request.ts';
import {nameOf, type World, type WorldObject} from './world.ts';

/** Status and body of a list: whole, or a page of it with the token of the next. */
export function answerList(world: World, asked: ListRequest): readonly [number, unknown] {
	const all = objectsOf(world, asked);
	const [version, after] =
		asked.continueToken === '' ? [String(world.version()), ''] : splitToken(asked.continueToken);
	const rest = after === '' ? all : all.filter((object) => nameOf(object) > after);
	const page = asked.limit > 0 ? rest.slice(0, asked.limit) : rest;
	const last = page.at(-1);
	const more =
		page.length < rest.length && last
			? {continue: `${version}:${nameOf(last)}`, remainingItemCount: rest.length - page.length}
			: {};
	return [
		200,
		{
			kind: `${asked.kind}List`,
			apiVersion: asked.apiVersion,
			metadata: {resourceVersion: version, ...more},
			items: page.map(({kind: _kind, apiVersion: _apiVersion, ...item}) => item),
		},
	];
}

/** In the order of their names, as a server lists them. */
export function objectsOf(world: World, asked: ListRequest): readonly WorldObject[] {
	return world
		.list(asked.kind)
		.filter((object) => asked.matches(object))
		.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function splitToken(token: string): readonly [string, string] {
	const at = token.indexOf(':');
	return [token.slice(0, at), token.slice(at + 1)];
}
